"""What a course takes along: the kit, quizzes, cartridges, and data for the picker."""
