"""Where the edition leaves the program: the site and the printed brochures."""
