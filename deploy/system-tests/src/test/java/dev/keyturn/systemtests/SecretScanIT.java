package dev.keyturn.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.keyturn.systemtests.scan.Form;
import dev.keyturn.systemtests.scan.Hit;
import dev.keyturn.systemtests.scan.Needle;
import dev.keyturn.systemtests.scan.Place;
import dev.keyturn.systemtests.scan.Place.Kind;
import dev.keyturn.systemtests.scan.Scan;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Told to no one: people sign in with secrets that can be recognised, and then every byte that the
 * system has written or said is searched for them, in each form in which somebody may have written
 * them. All of it logs as much as it can.
 *
 * <p>Not searched: the sandbox site's data, which are the site's, the contents of documents, which
 * are the person's, and what a connector prints by itself, which no one can keep from doing so.
 */
@InTheWorld
class SecretScanIT {

    private static final String USER = "scanned";
    private static final String UNKNOWN = "UNKNOWN_ERROR";
    private static final String DONE = "DONE";

    private static final Secrets SECRETS = new Secrets();

    private static RecordedHome home;
    private static Seeds seeds;
    private static Map<String, String> went;
    private static Scan scan;

    @BeforeAll
    static void signInAndLookEverywhere()
            throws IOException, SQLException, InterruptedException, ExecutionException {
        World world = World.withoutKeycloak();
        Person person = world.person(USER);
        home = new RecordedHome(world.stackSettings(), USER);
        seeds = new Seeds(world.stackSettings());
        Everywhere.compressNothing(world.stackSettings());
        home.follow();
        try (LooseSite site = new LooseSite(SECRETS)) {
            went = new SecretLoad(world, person, home, SECRETS).run(site);
        }
        readAll(person);
        seeds.sow(home);
        scan = new Scan(Stream.concat(SECRETS.all().stream(), seeds.needles().stream()).toList());
        new Everywhere(world.stackSettings(), scan).look(seeds.pids());
        home.answers().forEach(a -> scan.look(new Place(Kind.HTTP, a.to()), a.text()));
        scan.look(new Place(Kind.STREAM, "/api/stream"), home.streamed());
        System.out.printf(
                "scan: %d secrets sought in %s%n",
                SECRETS.all().size(), new TreeMap<>(scan.seen()));
    }

    /** All that Home has to say to this person. */
    private static void readAll(Person person) {
        List<String> paths = new ArrayList<>(List.of("session", "connectors", "keys", "accounts"));
        paths.addAll(List.of("challenges", "documents", "runs?limit=100"));
        person.home().accounts().forEach(account -> paths.add("accounts/" + account.id()));
        person.home()
                .runs(100)
                .forEach(
                        run -> {
                            paths.add("runs/" + run.id());
                            paths.add("runs/" + run.id() + "/events");
                        });
        for (String path : paths) {
            RecordedHome.Answer answer = home.get("/api/" + path);
            assertThat(answer.status()).as(path).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        seeds.close();
        home.close();
    }

    @Test
    void everybodysSignInWentItsWay() {
        assertThat(went)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.ofEntries(
                                entry("SIGNS_IN", DONE),
                                entry("THROWS", UNKNOWN),
                                entry("HAS_A_CAUSE", UNKNOWN),
                                entry("SAYS", UNKNOWN),
                                entry("REPEATS", "USER_ACTION_NEEDED.WRONG_TWOFA_CODE"),
                                entry("NAMES_A_DOCUMENT", DONE),
                                entry("IS_SENT_TO_WHAT_IS_DOWN", "VENDOR_DOWN"),
                                entry("IS_SENT_TO_WHAT_BREAKS_OFF", "VENDOR_DOWN"),
                                entry("IS_SENT_AWAY", UNKNOWN),
                                entry("IS_SENT_IN_A_CIRCLE", UNKNOWN),
                                entry("IS_SENT_NOWHERE", UNKNOWN),
                                entry("HAS_A_BAD_HEADER", UNKNOWN),
                                entry("HAS_A_BAD_ADDRESS", UNKNOWN),
                                entry("RETURNS_WHAT_CANNOT_BE_WRITTEN", UNKNOWN),
                                entry("WAITS_IN_VAIN", "USER_ACTION_NEEDED.TWOFA_EXPIRED"),
                                entry("ada-8101", DONE),
                                entry("ada-8102", DONE),
                                entry("ben-8101", DONE),
                                entry("ben-8102", DONE),
                                entry("cleo-8101", DONE),
                                entry("cleo-8102", DONE),
                                entry("ada-8103", "USER_ACTION_NEEDED.TWOFA_CANCELLED"),
                                entry("ada-8104", DONE),
                                entry("ada-8105", DONE),
                                entry("emil-8101", "LOGIN_FAILED"),
                                entry("by link", "200")));
        assertThat(home.answers())
                .extracting(RecordedHome.Answer::body)
                .anyMatch(body -> body.contains("ALREADY_ANSWERED"))
                .anyMatch(body -> body.contains("TOO_LATE"))
                .anyMatch(body -> body.contains("SUPERSEDED"))
                .anyMatch(body -> body.contains("CANCELLED"))
                .anyMatch(body -> body.contains("MALFORMED"));
    }

    @Test
    void noSecretIsToldToAnyone() {
        List<Hit> found = hits(named(needle -> !needle.isNumber()));
        assertThat(found).isEmpty();
    }

    /** Of a million numbers of six digits one may stand somewhere by chance; not two of ours. */
    @Test
    void noCodeOfTheSiteIsToldToAnyone() {
        List<Hit> found = hits(named(Needle::isNumber));
        assertThat(found.stream().map(Hit::needle).distinct()).as("%s", found).hasSizeLessThan(2);
        assertThat(found).extracting(Hit::form).allMatch("clear"::equals);
    }

    static List<Kind> sown() {
        return Seeds.SOWN;
    }

    @ParameterizedTest
    @MethodSource("sown")
    void aLeakIsFoundInEachForm(Kind kind) {
        Needle seed = seeds.of(kind);
        assertThat(hits(Set.of(seed.name())))
                .filteredOn(hit -> hit.place().kind() == kind)
                .extracting(Hit::form)
                .containsAll(Scan.formsOf(seed).stream().map(Form::name).toList());
    }

    @Test
    void everyKindOfPlaceWasLookedAt() {
        assertThat(scan.seen().keySet()).containsExactlyInAnyOrder(Kind.values());
        assertThat(scan.seen().values()).allMatch(seen -> seen.bytes() > 0);
    }

    private static Set<String> named(Predicate<Needle> which) {
        return SECRETS.all().stream().filter(which).map(Needle::name).collect(Collectors.toSet());
    }

    private static List<Hit> hits(Set<String> needles) {
        return scan.hits().stream().filter(hit -> needles.contains(hit.needle())).toList();
    }
}
