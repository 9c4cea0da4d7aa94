/** What a run tells while it goes and leaves behind: the status line, the tables and the JSON document. */
package dev.continuo.supervision.report;
