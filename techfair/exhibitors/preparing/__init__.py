"""From approval to the opening: what each exhibitor still has to do, by when, and the reminders that stop when done."""
