"""The deal of an agreement as typed data: parties, technologies, value, place, area, milestones, validity."""
