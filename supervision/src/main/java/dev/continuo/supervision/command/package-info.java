/** The verbs of the command line, their arguments and exit statuses. */
package dev.continuo.supervision.command;
