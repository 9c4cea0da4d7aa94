package dev.continuo.supervision.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.continuo.config.ProfileReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordingCheckTest {
    private static final Path FOLDER = Path.of("/data");

    @Test
    void theRoomIsToldInHours() {
        final Finding finding = RecordingCheck.room(ProfileReader.read("arx-sim"), FOLDER, 30_000_000_000L);
        assertEquals("30 GB free for /data: 2.0 h at 3.8 MB/s", finding.found());
        assertTrue(finding.ok());
    }

    @Test
    void tooLittleMattersToWhoRecords() {
        assertTrue(RecordingCheck.room(ProfileReader.read("arx-sim"), FOLDER, 3_000_000_000L).ok());
        final Finding finding = RecordingCheck.room(ProfileReader.read("arx-sim", List.of("recording.enabled=true")), FOLDER, 3_000_000_000L);
        assertFalse(finding.ok());
        assertEquals("3 GB free for /data: 0.1 h at 3.8 MB/s", finding.found());
    }

    @Test
    void aFolderThatIsNotThereYetIsOnTheDiskOfItsParent() {
        assertTrue(RecordingCheck.room(ProfileReader.read("arx-sim"), Path.of("/no/such/folder")).found().contains(" GB free for /no/such/folder/recordings"));
    }
}
