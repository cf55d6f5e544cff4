"""Which exhibitor stands where: the plan everyone reads, what exhibitors ask for, what is offered, a suggestion."""
