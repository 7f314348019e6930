"""The film of one shot that a video becomes: its words drawn or said as they stand, its id the video's."""

from storyreel.admission import plan_of
from storyreel.domain.as_said import as_said
from storyreel.domain.film import Film, FilmState, Order
from storyreel.domain.seeds import within
from storyreel.domain.values import Size
from storyreel.library.videos import Video, film_of
from storyreel.studio import Studio


async def film_for(studio: Studio, video: Video) -> Film:
    """The film, queued. Raises as `plan_of`: what was accepted may be closed by now."""
    from storyreel.writing import animate_shot

    size = Size.parse(video.size)
    aspect = f"{size.aspect.numerator}:{size.aspect.denominator}"
    if video.first_frame is None and any(char.isalpha() for char in video.prompt):
        told = await studio.storyboard(video.prompt, shots=1, seconds=video.seconds, aspect=aspect, writer="rules")
    else:
        told = animate_shot(video.prompt, video.seconds, aspect=aspect)
    board = as_said(told, video.prompt, video.seconds)
    order = Order(
        model=video.route,
        size=size,
        seed=within(video.seed),
        first_frame=video.first_frame,
        budget_usd=video.budget_usd,
        allow_unpriced=video.allow_unpriced,
        cache=False,  # each create is one video, whatever equal clip there is
    )
    if studio.catalogue.is_by_name(video.route):
        await studio.learn(board, model=video.route)
    plan = plan_of(board, order, studio.means())
    return Film(
        id=film_of(video.id),
        title=board.title,
        state=FilmState.QUEUED,
        storyboard=plan.storyboard,
        order=plan.order,
        created=video.created,
        user=video.user,
        api_key=video.api_key,
    )
