package dev.continuo.supervision.roles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.continuo.supervision.roles.TrialFlow.ArmStand;
import dev.continuo.supervision.roles.TrialFlow.Order;
import dev.continuo.supervision.roles.TrialFlow.Phase;
import dev.continuo.supervision.roles.TrialFlow.Wish;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialFlowTest {
    private final TrialFlow flow = new TrialFlow();
    private List<ArmStand> arms = List.of(ArmStand.ABSENT, ArmStand.ABSENT);
    private boolean stopped;
    private Wish wish = Wish.PLAY;
    private boolean cellThere = true;
    private boolean trialOn;

    @Test
    void armsAreReadiedThenTheTrialIsPlayedThenTheyAreReadiedForTheNextScene() {
        assertEquals(Order.NONE, step());
        both(ArmStand.IDLE);
        assertEquals(Order.READY_ARMS, step());
        both(ArmStand.READYING);
        trialOn = true;
        assertEquals(Order.NONE, step());
        both(ArmStand.READY);
        assertEquals(Order.NONE, step());
        assertEquals(Order.PLAY, step());
        both(ArmStand.PLAYING);
        assertEquals(Order.NONE, step());
        trialOn = false;
        assertEquals(Order.READY_ARMS, step());
        both(ArmStand.READYING);
        assertEquals(Order.NONE, step());
        both(ArmStand.READY);
        assertEquals(Order.NONE, step());
        assertEquals(Order.NEXT_SCENE, step());
        assertEquals(Order.NEXT_SCENE, step(), "asks until the scene is there: the message may have been lost");
        trialOn = true;
        assertEquals(Order.PLAY, step());
    }

    @Test
    void oneArmThatFailsStopsTheOtherOnceAndBothPlayAgainWhenItIsBack() {
        play();
        arms = List.of(ArmStand.ABSENT, ArmStand.PLAYING);
        assertEquals(Order.STOP_ARMS, step());
        arms = List.of(ArmStand.ABSENT, ArmStand.IDLE);
        assertEquals(Order.NONE, step());
        both(ArmStand.IDLE);
        assertEquals(Order.READY_ARMS, step());
        both(ArmStand.READY);
        step();
        assertEquals(Order.PLAY, step());
    }

    @Test
    void nothingMovesAfterAnEmergencyStopUntilItIsReset() {
        play();
        stopped = true;
        assertEquals(Order.STOP_ARMS, step());
        both(ArmStand.IDLE);
        for (int i = 0; i < 10; i++) {
            assertEquals(Order.NONE, step());
            assertEquals(Phase.STOPPED, flow.phase());
        }
        stopped = false;
        assertEquals(Order.READY_ARMS, step());
    }

    @Test
    void armsStopWhenTheCellIsGone() {
        play();
        cellThere = false;
        assertEquals(Order.STOP_ARMS, step());
        assertEquals(Order.NONE, step());
        cellThere = true;
        assertEquals(Order.READY_ARMS, step());
    }

    @Test
    void anArmThatLeavesItsReadyPoseIsReadiedAgain() {
        both(ArmStand.READY);
        step();
        step();
        assertEquals(Phase.READY, flow.phase());
        arms = List.of(ArmStand.IDLE, ArmStand.READY);
        assertEquals(Order.READY_ARMS, step());
    }

    @Test
    void armsThatAreToParkDoSoFromPlayAndAreReadiedWhenTheyAreStarted() {
        play();
        wish = Wish.PARK;
        assertEquals(Order.PARK_ARMS, step());
        assertEquals(Phase.PARKING, flow.phase());
        arms = List.of(ArmStand.LIMP, ArmStand.READYING);
        assertEquals(Order.PARK_ARMS, step());
        both(ArmStand.LIMP);
        assertEquals(Order.NONE, step());
        assertEquals(Phase.PARKED, flow.phase());
        wish = Wish.PLAY;
        assertEquals(Order.READY_ARMS, step());
        assertEquals(Phase.READYING, flow.phase());
    }

    @Test
    void anArmThatFailsOnItsWayToParkStopsTheOtherAndBothParkWhenItIsBack() {
        play();
        wish = Wish.PARK;
        step();
        arms = List.of(ArmStand.READYING, ArmStand.ABSENT);
        assertEquals(Order.STOP_ARMS, step());
        arms = List.of(ArmStand.IDLE, ArmStand.LIMP);
        assertEquals(Order.PARK_ARMS, step());
    }

    @Test
    void armsThatAreToStayAreLeftAloneUntilTheyAreStarted() {
        wish = Wish.STAY;
        both(ArmStand.LIMP);
        assertEquals(Order.NONE, step());
        assertEquals(Phase.IDLE, flow.phase());
        wish = Wish.PLAY;
        assertEquals(Order.READY_ARMS, step());
    }

    @Test
    void armsThatMoveStopOnceWhereTheyAreToStay() {
        play();
        wish = Wish.STAY;
        assertEquals(Order.STOP_ARMS, step());
        both(ArmStand.IDLE);
        assertEquals(Order.NONE, step());
        stopped = true;
        assertEquals(Order.STOP_ARMS, step(), "an emergency stop is passed on however the arms stand");
        assertEquals(Phase.STOPPED, flow.phase());
        stopped = false;
        assertEquals(Order.NONE, step());
        assertEquals(Phase.IDLE, flow.phase());
    }

    private void play() {
        both(ArmStand.READY);
        trialOn = true;
        step();
        step();
        assertEquals(Order.PLAY, step());
        both(ArmStand.PLAYING);
    }

    private void both(final ArmStand stand) {
        arms = List.of(stand, stand);
    }

    private Order step() {
        return flow.step(arms, stopped, wish, cellThere, trialOn);
    }
}
