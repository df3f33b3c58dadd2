"""The consumer loop."""

from chassis.subscriptions import LineUpdate, ProjectionSubscription, Subscription

__all__ = ["LineUpdate", "ProjectionSubscription", "Subscription"]
