"""Documents (PDF) of technologies: handed to everyone, or named only and shown as the company grants it."""
