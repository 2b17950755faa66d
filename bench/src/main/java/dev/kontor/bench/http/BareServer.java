package dev.kontor.bench.http;

import dev.kontor.standalone.platform.Folders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * The gateway's HTTP server with a handler that reads a body and answers JSON about as long as an order, and does
 * nothing else: what HTTP alone costs on this machine. It runs as a process of its own.
 */
public final class BareServer implements AutoCloseable {

    private static final String READY = "port ";
    private static final Logger TOMCAT = Logger.getLogger("org.apache");
    private static final byte[] ANSWER = ("{\"id\":\"" + "0".repeat(36) + "\",\"text\":\"" + "x".repeat(400) + "\"}")
            .getBytes(StandardCharsets.UTF_8);

    private final Process process;
    private final URI address;

    private BareServer(Process process) throws IOException {
        this.process = process;
        String line = process.inputReader().readLine();
        if (line == null || !line.startsWith(READY)) {
            throw new IllegalStateException("The bare server did not start: " + line);
        }
        address = URI.create("http://127.0.0.1:" + line.substring(READY.length()));
    }

    /** @param java the command that starts a JVM, with its options */
    static BareServer start(List<String> java) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-jar", System.getProperty("java.class.path"), "bare-server"));
        return new BareServer(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    URI address() {
        return address;
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }

    /** The process itself; it ends with its input, so also with the one that started it. */
    public static void run(List<String> arguments) throws Exception {
        TOMCAT.setLevel(Level.WARNING);
        Path folder = Files.createTempDirectory("kontor-bench-http");
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        Connector connector = new Connector();
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(0);
        connector.getProtocolHandler().setExecutor(new VirtualThreadExecutor("tomcat-"));
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "bare", new Handler());
        context.addServletMapping("/*", "bare");
        tomcat.start();
        System.out.println(READY + connector.getLocalPort());
        System.in.transferTo(OutputStream.nullOutputStream());
        Folders.delete(folder);
        System.exit(0);
    }

    private static final class Handler extends HttpServlet {

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            request.getInputStream().readAllBytes();
            response.setStatus(HttpServletResponse.SC_CREATED);
            response.setContentType("application/json");
            response.setContentLength(ANSWER.length);
            response.getOutputStream().write(ANSWER);
        }
    }
}
