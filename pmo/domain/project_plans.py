"""The templates of projects that are built in."""

from pmo.domain.project_plan_lessons import LESSON_STUDY
from pmo.domain.project_plan_mentoring import MENTORING
from pmo.domain.project_plan_quality import QUALITY

BUILT_IN = {"quality": QUALITY, "lesson-study": LESSON_STUDY, "mentoring": MENTORING}
"""By their keys, in the order that they are offered in."""
