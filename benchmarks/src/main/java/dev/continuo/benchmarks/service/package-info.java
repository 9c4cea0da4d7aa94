/** The whole service as a user starts it, for measurements of all of it: the launcher, and the processes that come of it. */
package dev.continuo.benchmarks.service;
