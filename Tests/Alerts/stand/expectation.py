"""What must arrive: which alert, at whom, as one notification of how many functions."""

PREFIX = "FunctionGraph"


class Expectation:
    def __init__(self, status, receiver, alert, count, labels):
        self.status = status
        self.receiver = receiver
        self.alert = alert
        self.count = count
        self.labels = labels

    def matches(self, notification):
        """The same alert in the same direction at the same receiver; the numbers are judged by `faults`."""
        return (
            notification.receiver == self.receiver
            and notification.status == self.status
            and notification.name == PREFIX + self.alert
        )

    def faults(self, notification):
        """What is wrong with a notification that matches."""
        alerts = notification.of(self.status)
        found = []
        if len(alerts) != self.count or len(notification.alerts) != self.count:
            found.append(f"{notification}, not {self.count} {self.status}")
        for name, value in self.labels.items():
            values = sorted({alert["labels"].get(name, "") for alert in alerts})
            if values != [value]:
                found.append(f"{notification}: {name} is {values}, not {value!r}")
        for alert in alerts:
            for name in ("summary", "description", "runbook_url"):
                if not alert["annotations"].get(name):
                    found.append(f"{notification}: no {name}")
        return found

    def __str__(self):
        return f"{self.receiver}: {PREFIX}{self.alert} {self.count} {self.status}"


def firing(receiver, alert, count=1, **labels):
    return Expectation("firing", receiver, alert, count, labels)


def resolved(receiver, alert, count=1, **labels):
    return Expectation("resolved", receiver, alert, count, labels)
