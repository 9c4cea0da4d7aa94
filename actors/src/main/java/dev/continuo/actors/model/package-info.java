/**
 * The trained model behind the stages: one folder, loaded once, shared by the reasoning and the action stage.
 */
package dev.continuo.actors.model;
