/**
 * The service as a whole: the command line, the roles and their processes, the cluster, restarts, reports and the check of the machine.
 *
 * <p>{@code command} holds the verbs, {@code roles} what runs in each process, {@code process} and {@code cluster} how processes are kept
 * alive and find each other, {@code report} what a run leaves behind, {@code web} how it is watched and operated over HTTP, {@code install} how it becomes a service of the operating system,
 * {@code doctor} what the machine lacks.
 */
package dev.continuo.supervision;
