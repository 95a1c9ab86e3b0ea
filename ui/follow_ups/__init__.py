"""The follow-ups of a study: what is still to be asked of whom, what was asked, and how it was answered."""

from ui.follow_ups.view import FollowUpsView

__all__ = ["FollowUpsView"]
