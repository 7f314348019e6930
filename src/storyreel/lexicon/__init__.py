"""Words to things, in English, Russian and Chinese: subjects with their true heights, and places."""
