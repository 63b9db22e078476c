package dev.keyturn.benchmark;

import dev.keyturn.local.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures for people, with the aims beside them. */
final class Report {

    private static final int BAR = 40;

    private Report() {}

    static List<String> lines(Result result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.machine());
        lines.add("");
        lines.addAll(ways(result));
        lines.add("");
        lines.addAll(stages(result));
        lines.add("");
        lines.addAll(figures(result));
        return lines;
    }

    private static List<String> ways(Result result) {
        Table table =
                new Table(
                        "MS AT " + plain(result.rate()) + "/S",
                        "COUNT",
                        "LOST",
                        "MEDIAN",
                        "90TH",
                        "99TH",
                        "WORST");
        result.ways().forEach((name, spread) -> row(table, name, spread));
        if (result.page() != null) {
            row(table, "connector to page", result.page());
        }
        return table.lines();
    }

    private static void row(Table table, String name, Spread spread) {
        table.row(
                name,
                spread.count(),
                spread.lost(),
                tenths(spread.median()),
                tenths(spread.p90()),
                tenths(spread.p99()),
                tenths(spread.worst()));
    }

    private static List<String> stages(Result result) {
        Table table = new Table("STAGE", "MEDIAN", "99TH", "");
        double all = result.stages().stream().mapToDouble(Stages.Stage::median).sum();
        for (Stages.Stage stage : result.stages()) {
            int width = (int) Math.round(BAR * Math.max(0, stage.median()) / Math.max(all, 0.001));
            table.row(stage.name(), tenths(stage.median()), tenths(stage.p99()), "#".repeat(width));
        }
        return table.lines();
    }

    private static List<String> figures(Result result) {
        Table table = new Table("FIGURE", "FOUND", "AIM", "");
        if (result.ways().containsKey("keyturn")) {
            most(table, "median, times the floor's", result.medianRatio(), Result.MEDIAN_AIM);
            most(table, "99th percentile, times the floor's", result.p99Ratio(), Result.P99_AIM);
        }
        Result.Sustained sustained = result.sustained();
        if (sustained != null) {
            table.row(
                    "handshakes per second below " + plain(sustained.limit()) + " ms",
                    (sustained.enough() ? "" : "at least ") + plain(sustained.perSecond()),
                    "at least " + Result.SUSTAINED_AIM,
                    verdict(sustained.perSecond() >= Result.SUSTAINED_AIM));
        }
        Result.PerRun memory = result.memory();
        if (memory != null) {
            most(table, "KiB of heap per waiting run", memory.heapKiB(), Result.KIB_AIM);
            table.row("KiB of the process per waiting run", tenths(memory.residentKiB()), "", "");
        }
        Result.Adoption adoption = result.adoption();
        if (adoption != null) {
            boolean all = adoption.adopted() == adoption.waiting();
            table.row("seconds until the first is adopted", tenths(adoption.first()), "", "");
            table.row(
                    "seconds until %d of %d runs are adopted"
                            .formatted(adoption.adopted(), adoption.waiting()),
                    tenths(adoption.seconds()),
                    "all, at most " + plain(Result.ADOPTION_AIM),
                    verdict(all && adoption.seconds() <= Result.ADOPTION_AIM));
        }
        return table.lines();
    }

    private static void most(Table table, String what, double found, double aim) {
        table.row(what, decimal(found), "at most " + plain(aim), verdict(found <= aim));
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "MISSED";
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    private static String tenths(double millis) {
        return String.format(Locale.ROOT, "%.1f", millis);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
