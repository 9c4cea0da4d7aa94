/** Child processes: started, watched, restarted with back-off and a bound, and never outliving their parent. */
package dev.continuo.supervision.process;
