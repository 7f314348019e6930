"""The one internal error of this room: a change that the stored state does not allow."""


class ImpossibleChange(RuntimeError):
    """The stored state does not allow this change: a fault of ours, never a user's. Nothing was written."""

    def __init__(self, what: str, *, found: str | None, wanted: str) -> None:
        super().__init__(f"{what} is {found or 'not there'}, which cannot become {wanted}")
        self.what, self.found, self.wanted = what, found, wanted
