"""Documents (PDF) of technologies: handed to everyone, or named only and given by the company on request."""
