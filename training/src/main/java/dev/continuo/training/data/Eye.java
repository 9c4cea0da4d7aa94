package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.perception.QwenImageProcessor;
import dev.continuo.perception.Resampler;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the top camera sees of a scene, as the model takes it. For one thread.
 */
final class Eye {
    private final SceneRenderer renderer = new SceneRenderer();
    private final byte[] picture = new byte[renderer.byteCount()];
    private final PictureLimits limits;
    private final int width;
    private final int height;
    private final Resampler resampler;
    private final byte[] scaled;
    private final double[] pixel = new double[2];
    private final Map<QwenImageProcessor.Size, QwenImageProcessor> processors = new HashMap<>();

    /** An eye whose pictures are resized as the model's configuration says. */
    Eye(final PictureLimits limits) {
        this.limits = limits;
        final QwenImageProcessor.Size size = QwenImageProcessor.smartResize(
            CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT, limits.minPixels(), limits.maxPixels());
        width = size.width();
        height = size.height();
        resampler = new Resampler(CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT, width, height);
        scaled = new byte[3 * width * height];
    }

    /** Looks at a scene; what follows is about this picture. */
    void look(final SceneState scene, final Appearance appearance) {
        renderer.render(scene, appearance, picture);
        resampler.resample(picture, scaled);
    }

    /** The symbols in the whole picture; hidden ones are left out. */
    SymbolMap symbols(final SceneState scene, final Appearance appearance, final List<Integer> cards) {
        final SymbolMap map = new SymbolMap(width, height);
        final double cos = Math.cos(scene.boardYaw);
        final double sin = Math.sin(scene.boardYaw);
        for (final EquationLine.Written written : appearance.boardLine()) {
            final double x = CellGeometry.BOARD_LENGTH / 2 - written.down();
            final double y = CellGeometry.BOARD_WIDTH / 2 - written.right();
            put(map, written.symbol(), scene.boardX + cos * x - sin * y, scene.boardY + sin * x + cos * y, CellGeometry.BOARD_THICKNESS);
        }
        for (int card = 0; card < CellGeometry.CARDS; card++) {
            put(map, Character.forDigit(cards.get(card), 10), scene.card(card, 0), scene.card(card, 1),
                scene.card(card, 2) + CellGeometry.CARD_THICKNESS / 2);
        }
        return map;
    }

    /** Where a card that lies flat is seen, hidden or not. */
    SceneQuestion.Box cardBox(final SceneState scene, final int card) {
        double left = 1;
        double top = 1;
        double right = 0;
        double bottom = 0;
        for (int corner = 0; corner < 4; corner++) {
            final double along = (corner < 2 ? -0.5 : 0.5) * CellGeometry.CARD_LENGTH;
            final double across = (corner % 2 == 0 ? -0.5 : 0.5) * CellGeometry.CARD_WIDTH;
            renderer.locate(scene.card(card, 0) + along, scene.card(card, 1) + across, scene.card(card, 2), pixel);
            left = Math.min(left, pixel[0] / CellGeometry.CAMERA_WIDTH);
            right = Math.max(right, pixel[0] / CellGeometry.CAMERA_WIDTH);
            top = Math.min(top, pixel[1] / CellGeometry.CAMERA_HEIGHT);
            bottom = Math.max(bottom, pixel[1] / CellGeometry.CAMERA_HEIGHT);
        }
        return new SceneQuestion.Box(left, top, right, bottom);
    }

    private void put(final SymbolMap map, final char symbol, final double x, final double y, final double z) {
        if (renderer.locate(x, y, z, pixel)) {
            map.put(symbol, pixel[0] * width / CellGeometry.CAMERA_WIDTH, pixel[1] * height / CellGeometry.CAMERA_HEIGHT);
        }
    }

    /** The whole picture. */
    ImagePatches whole() {
        return picture(scaled, width, height);
    }

    /** Any picture, preprocessed. */
    ImagePatches picture(final byte[] rgb, final int pixelColumns, final int pixelRows) {
        final QwenImageProcessor processor = processors.computeIfAbsent(
            new QwenImageProcessor.Size(pixelColumns, pixelRows), size -> limits.processor(size.width(), size.height()));
        final float[] values = new float[processor.valueCount()];
        processor.process(rgb, values, 0);
        return new ImagePatches(values, processor.gridRows(), processor.gridColumns());
    }
}
