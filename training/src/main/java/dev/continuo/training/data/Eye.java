package dev.continuo.training.data;

import dev.continuo.perception.PictureLimits;
import dev.continuo.reasoning.network.ImagePatches;
import dev.continuo.simulation.handwriting.EquationLine;
import dev.continuo.simulation.render.Appearance;
import dev.continuo.simulation.render.SceneRenderer;
import dev.continuo.simulation.scene.CellGeometry;
import dev.continuo.simulation.scene.SceneState;
import java.util.List;

/**
 * What the top camera sees of a scene, as the model takes it. For one thread.
 */
final class Eye {
    private final SceneRenderer renderer = new SceneRenderer();
    private final byte[] picture = new byte[renderer.byteCount()];
    private final Lens lens;
    private final double[] pixel = new double[2];

    /** An eye whose pictures are resized as the model's configuration says. */
    Eye(final PictureLimits limits) {
        lens = new Lens(limits, CellGeometry.CAMERA_WIDTH, CellGeometry.CAMERA_HEIGHT);
    }

    /** Looks at a scene; what follows is about this picture. */
    void look(final SceneState scene, final Appearance appearance) {
        renderer.render(scene, appearance, picture);
        lens.look(picture);
    }

    /** The symbols in the whole picture; hidden ones are left out. */
    SymbolMap symbols(final SceneState scene, final Appearance appearance, final List<Integer> cards) {
        final SymbolMap map = new SymbolMap(lens.width(), lens.height());
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
            map.put(SymbolMap.kind(symbol), pixel[0] * lens.width() / CellGeometry.CAMERA_WIDTH, pixel[1] * lens.height() / CellGeometry.CAMERA_HEIGHT);
        }
    }

    /** The whole picture. */
    ImagePatches whole() {
        return lens.whole();
    }

    /** Any picture, preprocessed. */
    ImagePatches picture(final byte[] rgb, final int pixelColumns, final int pixelRows) {
        return lens.picture(rgb, pixelColumns, pixelRows);
    }
}
