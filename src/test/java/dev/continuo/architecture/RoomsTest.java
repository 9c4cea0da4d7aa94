package dev.continuo.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;

/** Who may import whom, and what the data plane must not call: the dependency rules of the design as a test. */
class RoomsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        // Nor those that come in a jar.
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("dev.continuo");

    @Test
    void aRoomKnowsOnlyTheRoomsBelowIt() {
        layeredArchitecture().consideringOnlyDependenciesInLayers()
            .layer("config").definedBy("dev.continuo.config..")
            .layer("hardware").definedBy("dev.continuo.hardware..")
            .layer("perception").definedBy("dev.continuo.perception..")
            .layer("sensors").definedBy("dev.continuo.sensors..")
            .layer("reasoning").definedBy("dev.continuo.reasoning..")
            .layer("policy").definedBy("dev.continuo.policy..")
            .layer("actors").definedBy("dev.continuo.actors..")
            .layer("recording").definedBy("dev.continuo.recording..")
            .layer("supervision").definedBy("dev.continuo.supervision..")
            .layer("simulation").definedBy("dev.continuo.simulation..")
            .layer("proving").definedBy("dev.continuo.proving..")
            .layer("training").definedBy("dev.continuo.training..")
            .layer("benchmarks").definedBy("dev.continuo.benchmarks..")
            .whereLayer("config").mayNotAccessAnyLayer()
            .whereLayer("hardware").mayOnlyAccessLayers("config")
            .whereLayer("perception").mayOnlyAccessLayers("config")
            .whereLayer("sensors").mayOnlyAccessLayers("config", "hardware", "perception")
            .whereLayer("sensors").mayOnlyBeAccessedByLayers("proving")
            .whereLayer("reasoning").mayOnlyAccessLayers("config")
            .whereLayer("policy").mayOnlyAccessLayers("config", "reasoning")
            .whereLayer("actors").mayOnlyAccessLayers("config", "hardware", "perception", "reasoning", "policy")
            .whereLayer("recording").mayOnlyAccessLayers("actors", "config", "perception", "policy")
            .whereLayer("supervision").mayOnlyAccessLayers("recording", "actors", "config", "hardware", "perception", "reasoning", "policy")
            .whereLayer("simulation").mayOnlyAccessLayers("config", "hardware", "perception")
            .whereLayer("proving").mayOnlyAccessLayers("supervision", "simulation", "actors", "config", "hardware", "perception", "policy", "reasoning", "sensors")
            .whereLayer("proving").mayOnlyBeAccessedByLayers("benchmarks")
            .whereLayer("training").mayOnlyAccessLayers(
                "recording", "actors", "simulation", "config", "hardware", "perception", "reasoning", "policy")
            .check(CLASSES);
    }

    @Test
    void onlyTheUpperRoomsKnowActorsAndStreams() {
        noClasses().that().resideInAnyPackage("dev.continuo.config..", "dev.continuo.hardware..", "dev.continuo.perception..",
                "dev.continuo.sensors..", "dev.continuo.reasoning..", "dev.continuo.policy..", "dev.continuo.simulation..")
            .should().dependOnClassesThat().resideInAnyPackage("org.apache.pekko..", "io.aeron..")
            .check(CLASSES);
    }

    @Test
    void hardwareNeverTouchesTensors() {
        noClasses().that().resideInAPackage("dev.continuo.hardware..")
            .should().dependOnClassesThat().resideInAPackage("ai.djl..").check(CLASSES);
    }

    @Test
    void onlyVideoFilesKnowFfmpeg() {
        noClasses().that().resideOutsideOfPackage("dev.continuo.perception.video..")
            .should().dependOnClassesThat().resideInAPackage("org.bytedeco..").check(CLASSES);
    }

    @Test
    void theDataPlaneIsHandedItsTime() {
        noClasses().that().resideInAnyPackage("dev.continuo.hardware.arx..", "dev.continuo.hardware.can..",
                "dev.continuo.hardware.safety..", "dev.continuo.sensors..", "dev.continuo.hardware.kinematics..", "dev.continuo.policy.playback..",
                "dev.continuo.actors.agent..", "dev.continuo.actors.bus..", "dev.continuo.perception.video..")
            .should().callMethod(System.class, "nanoTime")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(Thread.class, "sleep", long.class)
            .check(CLASSES);
    }

    @Test
    void agentsThatCanBeMadeAreFinal() {
        classes().that().implement(Agent.class).and().doNotHaveModifier(JavaModifier.ABSTRACT).should().beAssignableTo(Agent.class)
            .andShould().haveModifier(JavaModifier.FINAL).check(CLASSES);
    }
}
