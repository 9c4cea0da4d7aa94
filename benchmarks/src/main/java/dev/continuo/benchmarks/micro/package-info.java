/** JMH benchmarks of what runs in every control cycle. */
package dev.continuo.benchmarks.micro;
