"""The project office of a teacher-support centre: portfolio, boards, tasks."""
