package dev.keyturn.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyturn.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of the benchmark, on a stack of its own that is gone afterwards. */
final class Bench {

    private static final double LIMIT = 250;
    private static final Duration STEP = Duration.ofSeconds(4);
    private static final double FIRST_RATE = 50;
    private static final double FASTER = 1.4;
    private static final int ADOPTED = 1_000;
    private static final Duration ADOPTION_PATIENCE = Duration.ofSeconds(60);
    private static final int WARM_UP = 200;
    private static final double SLICE_SECONDS = 2;
    private static final int CONNECTIONS = 512;

    /**
     * What to measure.
     *
     * @param rate handshakes a second, of each way
     * @param count handshakes of each way
     * @param waiting how many runs wait in the end
     * @param parts of {@code latency}, {@code rate}, {@code memory}, {@code adoption}
     */
    record Plan(double rate, int count, int waiting, Set<String> parts) {
        boolean has(String part) {
            return parts.contains(part);
        }
    }

    private final Plan plan;
    private final BenchStack stack;
    private final Crowd crowd;
    private final Keyturn keyturn;

    private Bench(Plan plan, BenchStack stack, HttpClient client) {
        this.plan = plan;
        this.stack = stack;
        this.crowd = new Crowd(stack, client, Bench::say);
        this.keyturn = new Keyturn(stack.notes());
    }

    /** Arguments: rate, count, waiting, parts with commas, folder, {@code json} or {@code text}. */
    public static void main(String[] args) throws JsonProcessingException {
        Logger.getLogger("").setLevel(Level.SEVERE); // what the libraries say is not the result
        Plan plan =
                new Plan(
                        Double.parseDouble(args[0]),
                        Integer.parseInt(args[1]),
                        Integer.parseInt(args[2]),
                        Set.of(args[3].split(",", -1)));
        Result result = run(plan, Path.of(args[4]));
        if (args[5].equals("json")) {
            System.out.println(
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result));
        } else {
            Report.lines(result).forEach(System.out::println);
        }
        System.exit(0); // the clients' threads are of no use any more
    }

    private static Result run(Plan plan, Path folder) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        HttpClientOptions options =
                new HttpClientOptions().setMaxPoolSize(CONNECTIONS).setMaxWaitQueueSize(-1);
        try (BenchStack stack = BenchStack.start(folder, plan.waiting(), Bench::say)) {
            Thread stop = new Thread(stack::close);
            Runtime.getRuntime().addShutdownHook(stop);
            Result result = new Bench(plan, stack, vertx.createHttpClient(options)).measure();
            boolean _ = Runtime.getRuntime().removeShutdownHook(stop);
            return result;
        } finally {
            var _ = vertx.close();
        }
    }

    private Result measure() {
        Result.@Nullable PerRun memory = fill();
        Latency latency = plan.has("latency") ? latency() : Latency.none();
        Result.@Nullable Sustained sustained = plan.has("rate") ? sustained() : null;
        Result.@Nullable Adoption adoption = plan.has("adoption") ? adoption() : null;
        return new Result(
                machine(),
                plan.rate(),
                latency.ways(),
                latency.page(),
                latency.stages(),
                sustained,
                memory,
                adoption);
    }

    private Result.@Nullable PerRun fill() {
        int few = Math.max(1, plan.waiting() / 10);
        keyturn.add(crowd.grow(few));
        if (!plan.has("memory")) {
            keyturn.add(crowd.grow(plan.waiting() - few));
            return null;
        }
        Memory before = Memory.of(stack.worker(1));
        keyturn.add(crowd.grow(plan.waiting() - few));
        Memory after = Memory.of(stack.worker(1));
        double runs = plan.waiting() - few;
        return new Result.PerRun(
                few,
                plan.waiting(),
                (after.live() - before.live()) / runs / 1024,
                (after.resident() - before.resident()) / runs / 1024);
    }

    private record Latency(
            Map<String, Spread> ways, @Nullable Spread page, List<Stages.Stage> stages) {
        static Latency none() {
            return new Latency(Map.of(), null, List.of());
        }
    }

    private Latency latency() {
        keyturn.watch(crowd.persons());
        stack.createTopics(
                Stream.of(
                                Floor.topics("floor2"),
                                Floor.topics("floor"),
                                List.of(
                                        dev.keyturn.benchmark.smallrye.RequestReply.REQUESTS,
                                        dev.keyturn.benchmark.smallrye.RequestReply.REPLIES))
                        .flatMap(List::stream)
                        .toList());
        Map<String, String> broker = stack.brokerAsAdmin();
        try (Floor floor2 = new Floor("floor2", broker, null);
                Floor floor = new Floor("floor", broker, stack.postgres().superuser());
                SmallRye smallrye = new SmallRye(broker);
                Log log = new Log(broker)) {
            return interleaved(List.of(floor2, floor, smallrye, keyturn), log);
        }
    }

    /** In small slices, turn by turn, so that noise hits all alike. */
    private Latency interleaved(List<Way> ways, Log log) {
        int slice = Math.max(1, (int) (plan.rate() * SLICE_SECONDS));
        Map<String, List<Double>> took = new LinkedHashMap<>();
        List<Keyturn.Seen> seen = new ArrayList<>();
        for (int done = -WARM_UP; done < plan.count(); done += slice) {
            for (Way way : ways) {
                new Pace(plan.rate()).run(slice, way::begin);
            }
            say("%d of %d handshakes each way".formatted(Math.max(0, done + slice), plan.count()));
            if (done < 0) {
                ways.forEach(Way::took); // what is not warm yet is not looked at
                var _ = log.read();
            }
        }
        for (Way way : ways) {
            if (way instanceof Keyturn k) {
                seen.addAll(k.seen());
                took.put(k.name(), seen.stream().map(Bench::took).toList());
            } else {
                took.put(way.name(), way.took());
            }
        }
        Map<String, Spread> spreads = new LinkedHashMap<>();
        took.forEach((name, times) -> spreads.put(name, Spread.of(times)));
        return new Latency(spreads, page(seen), Stages.of(log.read(), seen));
    }

    private static double took(Keyturn.Seen one) {
        return one.had() == 0 ? Double.POSITIVE_INFINITY : Micros.millis(one.had() - one.pressed());
    }

    private static Spread page(List<Keyturn.Seen> seen) {
        return Spread.of(
                seen.stream()
                        .filter(s -> s.had() > 0)
                        .map(
                                s ->
                                        s.shown() == 0
                                                ? Double.POSITIVE_INFINITY
                                                : Micros.millis(s.shown() - s.had()))
                        .toList());
    }

    /** Faster and faster, until the 99th percentile passes the limit or no run is left. */
    private Result.Sustained sustained() {
        int kept = plan.has("adoption") ? Math.min(ADOPTED, plan.waiting() / 4) : 0;
        List<Result.Step> steps = new ArrayList<>();
        double best = 0;
        double rate = FIRST_RATE;
        boolean enough = false;
        while (!enough && keyturn.left() - kept >= rate * STEP.toSeconds()) {
            long start = System.nanoTime();
            new Pace(rate).run((int) (rate * STEP.toSeconds()), keyturn::begin);
            List<Keyturn.Seen> seen = keyturn.seen();
            Spread spread = Spread.of(seen.stream().map(Bench::took).toList());
            steps.add(new Result.Step(rate, arrived(seen), spread));
            say(
                    "%.0f a second: 99th percentile %.0f ms (%.1f s)"
                            .formatted(rate, spread.p99(), (System.nanoTime() - start) / 1e9));
            enough = spread.p99() > LIMIT;
            if (!enough) {
                best = rate;
                rate = Math.rint(rate * FASTER);
            }
        }
        return new Result.Sustained(best, LIMIT, enough, steps);
    }

    /** How many a second arrived, from the first press to the last code that a connector had. */
    private static double arrived(List<Keyturn.Seen> seen) {
        long first = seen.stream().mapToLong(Keyturn.Seen::pressed).min().orElse(0);
        long last = seen.stream().mapToLong(Keyturn.Seen::had).max().orElse(0);
        return last > first ? seen.size() * 1e6 / (last - first) : 0;
    }

    private Result.Adoption adoption() {
        // What the steps before have left is brought down to what the aim speaks of.
        while (keyturn.left() > ADOPTED) {
            new Pace(FIRST_RATE).run(Math.min(200, keyturn.left() - ADOPTED), keyturn::begin);
            var _ = keyturn.seen();
        }
        int waiting = keyturn.left();
        stack.workers(2);
        try (Log log = new Log(stack.brokerAsAdmin())) {
            return new Adoptions(log, waiting).after(stack.worker(1), ADOPTION_PATIENCE);
        }
    }

    private static String machine() {
        return "%d processors, %s, load %.1f"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name", ""),
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                                .getSystemLoadAverage());
    }

    private static void say(String line) {
        System.err.println("  " + line);
    }
}
