"""What was promised, followed for years: parties are asked twice a year, organizers accept, a dashboard shows it."""
