package dev.continuo.supervision.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.continuo.supervision.top.ServiceAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code continuo status}: how a service on this computer stands, asked over HTTP. */
@Command(name = "status", mixinStandardHelpOptions = true, description = {
    "Ask the running service of a profile how it stands.",
    "Exit status: 0 if it runs, 1 if it does not answer."})
final class StatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ProfileOptions profile;

    @Mixin
    private ClientCertificate certificate;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final ServiceAddress address = ServiceAddress.of(profile.read(), certificate.given());
        final PrintWriter out = spec.commandLine().getOut();
        final HttpRequest.Builder request = address.request("/api/status").timeout(ServiceAddress.PATIENCE);
        try (HttpClient client = address.client()) {
            final HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            final JsonNode status = new ObjectMapper().readTree(response.body());
            if (response.statusCode() != 200) {
                throw new RunFailure(address.root() + " answers " + response.statusCode() + ": " + status.path("error").asText());
            }
            print(out, status);
            return ExitStatus.SUCCESS;
        } catch (final SSLException refused) {
            throw new RunFailure(address.root() + ": " + refused.getMessage());
        } catch (final IOException silent) {
            throw new RunFailure("no service answers at " + address.root());
        }
    }

    private static void print(final PrintWriter out, final JsonNode status) {
        out.printf(Locale.ROOT, "%s for %.0f s%n", status.path("phase").asText(), status.path("seconds").asDouble());
        if (!status.path("notice").asText().isEmpty()) {
            out.println("! " + status.path("notice").asText());
        }
        if (status.path("trial").asInt() > 0) {
            out.printf("trial %d: %s (%d of %d succeeded)%n", status.path("trial").asInt(), status.path("asked").asText(), status.path("successes").asInt(), status.path("ended").asInt());
        }
        out.printf(Locale.ROOT, "loop p99 %.3f ms, missed %d, held %d%n", status.path("loopP99Nanos").asLong() / 1e6, status.path("missed").asLong(), status.path("held").asLong());
        if (!status.path("reasoning").asText().isEmpty()) {
            out.println(status.path("reasoning").asText());
        }
    }
}
