"""Documents (PDF) of technologies, needs and companies: for everyone, as the company grants it, or for organizers."""
