package dev.continuo.simulation.cell;

import dev.continuo.hardware.kinematics.ArxChains;
