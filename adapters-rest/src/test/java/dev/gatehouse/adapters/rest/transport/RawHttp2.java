package dev.gatehouse.adapters.rest.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** An HTTP/2 client that sends what no decent client sends, frame by frame. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int LARGEST_FRAME = 16_384;

    private final SSLSocket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
    private boolean ended;
    private boolean together;

    /** @param settings the payload of the first frame */
    RawHttp2(SSLContext trusting, String host, int port, byte... settings) throws IOException {
        socket = (SSLSocket) trusting.getSocketFactory().createSocket(host, port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, settings);
    }

    /** @param headers of the reply, where the frame holds them; empty otherwise */
    record Frame(int type, int flags, int stream, byte[] payload, Map<String, String> headers) {
        String status() {
            return headers.getOrDefault(":status", "");
        }

        boolean ends() {
            return (flags & END_STREAM) != 0;
        }

        /** The four bytes from there on; where a frame says an error, it says it in such. */
        long number(int from) {
            long number = 0;
            for (int i = from; i < from + 4; i++) number = number << 8 | payload[i] & 0xff;
            return number;
        }
    }

    void send(int type, int flags, int stream, byte... payload) throws IOException {
        ByteArrayOutputStream frame = frame(type, flags, stream, payload.length);
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        if (!together) out.flush();
    }

    /** A frame whose payload follows, or does not. */
    void begin(int type, int flags, int stream, int length) throws IOException {
        more(frame(type, flags, stream, length).toByteArray());
    }

    /** Bytes as they are. */
    void more(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    private static ByteArrayOutputStream frame(int type, int flags, int stream, int length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        number(frame, length, 3);
        frame.write(type);
        frame.write(flags);
        number(frame, stream, 4);
        return frame;
    }

    /** What is sent now goes out in one piece, up to 64 KiB. */
    void together(Sending frames) throws IOException {
        together = true;
        frames.send();
        together = false;
        out.flush();
    }

    @FunctionalInterface
    interface Sending {
        void send() throws IOException;
    }

    /** A request with these headers, in as many frames as they need. */
    void request(int stream, String method, String path, boolean ends, String... headers) throws IOException {
        List<String> all = new ArrayList<>(
                List.of(":method", method, ":scheme", "https", ":authority", "localhost", ":path", path));
        all.addAll(List.of(headers));
        headers(stream, ends, all.toArray(String[]::new));
    }

    /** These and no others: behind a body, trailers. */
    void headers(int stream, boolean ends, String... headers) throws IOException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < headers.length; i += 2) literal(block, headers[i], headers[i + 1]);
        byte[] all = block.toByteArray();
        for (int from = 0; from < all.length; from += LARGEST_FRAME) {
            int to = Math.min(all.length, from + LARGEST_FRAME);
            int flags = (to == all.length ? END_HEADERS : 0) | (from == 0 && ends ? END_STREAM : 0);
            send(from == 0 ? HEADERS : CONTINUATION, flags, stream, Arrays.copyOfRange(all, from, to));
        }
    }

    /** HPACK, literal, never indexed, not compressed (RFC 7541 6.2.2). */
    private static void literal(ByteArrayOutputStream block, String name, String value) {
        block.write(0);
        text(block, name);
        text(block, value);
    }

    private static void text(ByteArrayOutputStream block, String text) {
        int rest = text.length();
        if (rest < 127) {
            block.write(rest);
        } else {
            block.write(127);
            for (rest -= 127; rest >= 128; rest >>= 7) block.write(rest & 127 | 128);
            block.write(rest);
        }
        block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static void number(ByteArrayOutputStream to, long number, int bytes) {
        for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) to.write((int) (number >> shift));
    }

    /** The next frame of this kind, other frames passed over; absent when the connection ends before, or has ended. */
    Optional<Frame> next(Predicate<Frame> wanted) throws IOException {
        // Asked again, TLS tells of a reset as of a fault of its own.
        if (ended) return Optional.empty();
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                // Each is decoded, wanted or not: a block of headers leans on those before it.
                Map<String, String> headers = type == HEADERS ? headersOf(stream, payload) : Map.of();
                Frame frame = new Frame(type, flags, stream, payload, headers);
                if (wanted.test(frame)) return Optional.of(frame);
            }
        } catch (EOFException | SocketException e) {
            ended = true;
            return Optional.empty();
        }
    }

    private Map<String, String> headersOf(int stream, byte[] payload) {
        ByteBuf block = Unpooled.wrappedBuffer(payload);
        try {
            Map<String, String> headers = new TreeMap<>();
            decoder.decodeHeaders(stream, block)
                    .forEach(each -> headers.put(
                            each.getKey().toString(), each.getValue().toString()));
            return headers;
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Frame next(int type) throws IOException {
        return next(each -> each.type() == type)
                .orElseThrow(() -> new AssertionError("the connection ended before a frame of type " + type));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
