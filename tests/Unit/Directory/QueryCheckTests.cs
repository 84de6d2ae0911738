using Postern.Directory.Users;

namespace Postern.Tests.Unit.Directory;

[Trait("Fault", "F18")]
public sealed class QueryCheckTests
{
    [Theory]
    [InlineData("username = \"bob\"")]
    [InlineData("username not startswith 'b' and (is_active = True or type in (\"internal\", \"External\"))")]
    [InlineData("not (email endswith \"@example.org\") or last_login < now-90d")]
    [InlineData("attributes.department.name != \"x\" and attribute.x = None")]
    [InlineData("attributes.\"goauthentik.io/user/debug\" = True")]
    [InlineData("groups = \"staff\" and sessions > 3 and date_joined >= \"2026-01-01 10:00\"")]
    [InlineData("username\u00a0=\v\"b\"\f\r\n")]
    [InlineData("pk in (-1, 0, 12) and attributes.a = 1.5e-3")]
    [InlineData("email = \"\" and name !~ \"a\\\"b\" and name not endswith \"\\u00e9\"")]
    public void Good_queries_have_no_error(string text) => UserQuery.Language.Check(text).ShouldBeNull();

    [Theory]
    [InlineData("bob", "Unexpected end of input", 4)]
    [InlineData("username = ", "Unexpected end of input", 12)]
    [InlineData("usrname = \"x\"", "Unknown field: usrname. Possible choices are: ", 1)]
    [InlineData("username = \"x", "This text is not closed", 12)]
    [InlineData("username = \"x\" ; drop", "Illegal character ';'", 16)]
    [InlineData("username ~ 5", "Syntax error at '5'", 12)]
    [InlineData("username in ()", "Syntax error at ')'", 14)]
    [InlineData("(username = \"x\"", "Unexpected end of input", 16)]
    [InlineData("username = \"x\" username", "Syntax error at 'username'", 16)]
    [InlineData("username = \"x\" AND pk = 1", "Syntax error at 'AND'", 16)]
    [InlineData("is_active = true", "Syntax error at 'true'", 13)]
    [InlineData("username STARTSWITH \"x\"", "Syntax error at 'STARTSWITH'", 10)]
    [InlineData("attributes.my-key = \"x\"", "Illegal character '-'", 14)]
    [InlineData("username = \"x\" abcdefghijklmnopqrstuvwxyz", "Syntax error at 'abcdefghijklmnopq...'", 16)]
    public void Bad_ones_say_what_and_where(string text, string message, int column)
    {
        var error = UserQuery.Language.Check(text).ShouldNotBeNull();
        error.Message.ShouldStartWith(message);
        (error.Line, error.Column).ShouldBe((1, column));
    }

    [Fact]
    public void Fields_that_are_known_are_named_in_their_order()
    {
        var names = UserQuery.Language.Check("x = 1")!.Message["Unknown field: x. Possible choices are: ".Length..].Split(", ");
        names.ShouldBe(names.Order(StringComparer.Ordinal));
        foreach (var name in new[] { "username", "name", "email", "path", "is_active", "type", "attributes" })
            names.ShouldContain(name);
    }

    [Fact]
    public void Lines_are_counted() => UserQuery.Language.Check("username = \"x\"\n  and ?")!.Line.ShouldBe(2);

    [Fact]
    public void Length_depth_and_lists_are_bounded()
    {
        UserQuery.Language.Check(new string('a', 10_000))!.Message.ShouldBe("A query has at most 4096 characters");
        UserQuery.Language.Check(new string('(', 200) + "username = \"x\"" + new string(')', 200))!.Message.ShouldBe("A query nests at most 32 levels deep");
        UserQuery.Language.Check($"username in ({string.Join(',', Enumerable.Repeat("\"x\"", 500))})")!.Message.ShouldBe("A list has at most 200 values");
        UserQuery.Language.Check(string.Join(" and ", Enumerable.Repeat("pk=1", 400)))!.Message.ShouldBe("A query has at most 200 conditions");
    }
}
