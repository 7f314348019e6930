"""What codes of errors, fields and budgets mean to a person, for the catalogues to translate."""

from collections.abc import Mapping

from storyreel.doors.languages.words import N_

MEANINGS: Mapping[str, str] = {
    "invalid_request": N_("Something that was given cannot be used."),
    "unknown_model": N_("There is no such model."),
    "unknown_film": N_("There is no such film."),
    "unknown_shot": N_("There is no such shot."),
    "unknown_take": N_("There is no such take."),
    "not_found": N_("There is nothing here."),
    "media_unusable": N_("The picture or clip cannot be used."),
    "capability_missing": N_("The model cannot do that; take another."),
    "route_closed": N_("This way to the model was closed; take another."),
    "authentication_failed": N_("There is no key for this provider, or it is refused."),
    "insufficient_credit": N_("The account at the provider is empty: add credit there, then go on."),
    "budget_exceeded": N_("It would cost more than is allowed; nothing was sent."),
    "content_rejected": N_("The provider's moderation refused it. Say it in other words, or take another model."),
    "rate_limited": N_("The provider has too many requests of ours; try again in a while."),
    "provider_unavailable": N_("The provider is not answering as it should. Try again later, or take another model."),
    "timed_out": N_("It took too long. Go on with the film to try again."),
    "submit_outcome_unknown": N_("Nobody knows whether a paid request arrived; look into the account there, then decide."),
    "output_expired": N_("The result was gone before it was fetched. Make another take."),
    "output_broken": N_("The clip that came cannot be used. Make another take."),
    "cancelled": N_("It was cancelled; what was finished is kept."),
    "nobody_to_ask": N_("A person has to be asked, and cannot be from here. Do it at a terminal."),
    "declined": N_("You did not agree; it was not done."),
    "line_busy": N_("Another process makes films here. Wait for it."),
    "no_worker": N_("Nobody makes films at the moment; the film is kept."),
    "place_lost": N_("The connection to the work was lost; others go on with it."),
    "store_unusable": N_("The database or a folder cannot be used; whoever runs Storyreel has to look."),
    "output_unwritable": N_("The film cannot be written there; it is kept."),
    "scope_missing": N_("This key may not do that."),
    "conflict": N_("That cannot be done as things stand; load the page again."),
    "too_large": N_("What was sent is too large."),
    "no_room": N_("There is no more room for files; delete some."),
    "too_many_requests": N_("Too many requests at once; try again in a moment."),
    "cross_site": N_("A page of another site sent this; nothing was done."),
    "form_too_old": N_("This page was open for too long. Load it again, and send it once more."),
    "link_ended": N_("This link has ended, or is not whole. Ask for a new one."),
    "request_under_way": N_("The first such request is still being worked on; look again in a moment."),
    "error": N_("Something broke here; whoever runs Storyreel finds out by its log."),
}
"""By code; what the facts do not tell any more is told so."""

BY_FIELD: Mapping[str, str] = {
    "shots": N_("A film has 1 to {most_shots} shots, in whole numbers."),
    "seconds": N_("A shot is 0.5 to 60 seconds long; write a number like 6 or 2.5."),
    "length": N_("A film of such a length cannot be made."),
    "budget": N_("A budget is 0 to 100000 US dollars; write a number like 6 or 2.5."),
    "seed": N_("A seed is a whole number."),
    "retakes": N_("How often a shot is made again is a small whole number."),
    "size": N_("There is no such size of picture."),
    "aspect": N_("There is no such shape of picture."),
    "joins": N_("Shots cannot be joined so."),
    "url": N_("This address cannot be used."),
    "name": N_("This name cannot be used, or is taken already."),
}
"""By the field that cannot be used, where nothing nearer is known."""

BY_BUDGET: Mapping[str, str] = {
    "film": N_("The film would come to {needed_usd}, and its budget is {limit_usd}."),
    "call": N_("One call would cost {needed_usd}, and at most {limit_usd} are allowed for one."),
    "shot": N_("The shot would come to {needed_usd}, and at most {limit_usd} are allowed for one."),
    "user": N_("Your films would come to {needed_usd}, and {limit_usd} are allowed."),
    "day": N_("Today's films would come to {needed_usd}, and {limit_usd} a day are allowed."),
    "key": N_("The films of this key would come to {needed_usd}, and its budget is {limit_usd}."),
    "unpriced": N_("Nobody knows the price of this, and what has no price is not allowed."),
    "told": N_("It costs {needed_usd} now; the button told {limit_usd}. Look at the price once more."),
}
"""By the budget that would be passed."""

PROBLEMS = (
    N_("it is not a picture that can be read; PNG, JPEG, WebP, GIF, BMP, TIFF and AVIF are"),
    N_("it is broken inside and does not open"),
    N_("it breaks off or is broken inside; save it again, or take another"),
    N_("it is not a video that can be read; MP4, MOV, WebM, MKV, AVI and MPEG-TS are"),
    N_("it is damaged: no picture of it can be decoded"),
    N_("it is empty"),
    N_("there is no such file"),
    N_("it is a folder; a file is needed"),
    N_("it may not be read by this user"),
    N_("it is not a plain file"),
    N_("it is not a file's name"),
    N_("there is no picture in it"),
    N_("it does not decode"),
    N_("its video is in a codec that cannot be decoded here"),
    N_("it could not be made over to the other clips' size and rate"),
    N_("it has one picture only; a motion video needs at least two"),
    N_("it is a picture; a video is needed"),
    N_("it is larger than 10 MB"),
    N_("it is larger than 100 MB"),
    N_("start from text"),
    N_("start from first frame"),
    N_("start from last frame"),
    N_("start from references"),
    N_("make a clip"),
    N_("make sound"),
    N_("take a negative prompt"),
    N_("draw a keyframe"),
    N_("Write a sentence first, or drop a picture."),
    N_("Drop a picture first: one to three of them."),
    N_("The price that was told is missing; load the page again."),
    N_("The shots have changed meanwhile; load the page again."),
    N_("No model with a price can make this film. Make its shots longer or shorter, or wish for less."),
)
"""What other rooms say of files, models and forms."""
