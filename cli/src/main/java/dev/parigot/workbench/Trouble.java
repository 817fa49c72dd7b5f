package dev.parigot.workbench;

/**
 * What keeps an app from running as its files are now.
 *
 * @param title what went wrong, in a line
 * @param details all that helps to mend it, on lines of their own
 */
record Trouble(String title, String details) {}
