package dev.keyturn.local.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyturn.wire.Principal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseRightsTest {

    private static final Infrastructure STACK = Infrastructure.forTests();
    private static final String NO_PERMISSION = "42501";

    static Stream<Arguments> everybodyAndEverybodyElse() {
        return Stream.of(Principal.values())
                .flatMap(
                        who ->
                                Stream.of(Principal.values())
                                        .filter(other -> other != who)
                                        .map(other -> Arguments.of(who, other)));
    }

    @ParameterizedTest
    @EnumSource
    void ownsTheSchemaOfItsName(Principal who) throws SQLException {
        try (Connection connection = STACK.database(who).connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table mine (id int)");
            try (ResultSet where =
                    statement.executeQuery(
                            "select schemaname from pg_tables where tablename = 'mine' and"
                                    + " tableowner = current_user")) {
                assertThat(where.next()).isTrue();
                assertThat(where.getString(1)).isEqualTo(who.user());
            }
            statement.execute("drop table mine");
        }
    }

    @ParameterizedTest
    @MethodSource("everybodyAndEverybodyElse")
    void seesNothingOfAnother(Principal who, Principal other) throws SQLException {
        try (Connection theirs = STACK.database(other).connect();
                Statement owner = theirs.createStatement()) {
            owner.execute("create table if not exists theirs (id int)");
        }
        refused(who, "select * from " + other.user() + ".theirs");
        refused(who, "insert into " + other.user() + ".theirs values (1)");
        refused(who, "create table " + other.user() + ".planted (id int)");
        refused(who, "drop schema " + other.user() + " cascade");
        refused(who, "set role " + other.user());
    }

    @ParameterizedTest
    @EnumSource
    void mayDoNothingElse(Principal who) {
        refused(who, "create table public.planted (id int)");
        refused(who, "create temporary table planted (id int)");
        refused(who, "create schema planted");
        refused(who, "create database planted");
        refused(who, "create role planted");
        refused(who, "copy (select 1) to program 'true'");
        refused(who, "select pg_read_file('postgresql.conf')");
        refused(who, "select rolpassword from pg_authid");
    }

    @ParameterizedTest
    @EnumSource
    void seesNoOtherDatabase(Principal who) {
        DatabaseLogin login = STACK.database(who);
        for (String database : new String[] {"postgres", "template1"}) {
            String url = login.url().replace("/" + PostgresAccess.DATABASE, "/" + database);
            assertThatThrownBy(
                            () -> DriverManager.getConnection(url, login.user(), login.password()))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo(NO_PERMISSION);
        }
    }

    @Test
    void nobodyGetsInWithoutTheRightPassword() {
        for (String user : new String[] {"postgres", "home", "twofa", "worker"}) {
            String url = STACK.databaseAdmin().url();
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, "wrong"))
                    .extracting(e -> ((SQLException) e).getSQLState())
                    .isEqualTo("28P01");
            assertThatThrownBy(() -> DriverManager.getConnection(url, user, ""))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static void refused(Principal who, String sql) {
        assertThatThrownBy(
                        () -> {
                            try (Connection connection = STACK.database(who).connect();
                                    Statement statement = connection.createStatement()) {
                                statement.execute(sql);
                            }
                        })
                .as("%s: %s", who, sql)
                .extracting(e -> ((SQLException) e).getSQLState())
                .isEqualTo(NO_PERMISSION);
    }
}
