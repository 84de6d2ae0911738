using Postern.Expressions;

namespace Postern.Tests.Unit.Expressions;

/// <summary>What is found when a script is saved.</summary>
public sealed class CheckTests
{
    private static readonly ScriptCheckOptions Options = new()
    {
        Names = ["request", "context", "user", "ak_message", "ak_is_group_member", "regex_match"],
        Modules = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal) { ["authentik.core.models"] = ["User", "Group"] },
    };

    [Theory]
    [InlineData("return ak_mesage('x')", "1:8 unknown-name name 'ak_mesage' is not defined. Did you mean 'ak_message'?")]
    [InlineData("return ak_is_group_membre(user)", "1:8 unknown-name name 'ak_is_group_membre' is not defined. Did you mean 'ak_is_group_member'?")]
    [InlineData("return zzz_top", "1:8 unknown-name name 'zzz_top' is not defined")]
    [InlineData("return [undefined for x in []]", "1:9 unknown-name name 'undefined' is not defined")]
    [InlineData("def f(): return missing\nreturn f()", "1:17 unknown-name name 'missing' is not defined")]
    [InlineData("return eval('1')", "1:8 refused-name 'eval' is not part of the expression language")]
    [InlineData("return open('x')", "1:8 refused-name 'open' is not part of the expression language")]
    [InlineData("return f'{usr}'", "1:11 unknown-name name 'usr' is not defined. Did you mean 'user'?")]
    [InlineData("import os\nreturn os", "1:8 unknown-import No module named 'os'. Available:")]
    [InlineData("import jsn\nreturn jsn", "1:8 unknown-import No module named 'jsn'. Did you mean 'json'? Available:")]
    [InlineData("from authentik.core.models import Uesr\nreturn Uesr", "1:35 unknown-import cannot import name 'Uesr' from 'authentik.core.models'. Did you mean 'User'?")]
    [InlineData("from math import nope\nreturn nope", "1:18 unknown-import cannot import name 'nope' from 'math'")]
    [InlineData("return 1\nx = 2", "2:1 unreachable this code is never reached")]
    [InlineData("if user:\n    return 1\n    x = 1\nreturn 2", "3:5 unreachable this code is never reached")]
    [InlineData("if user:\n    return 1\nelse:\n    return 2\nreturn 3", "5:1 unreachable this code is never reached")]
    [InlineData("raise ValueError\nreturn 1", "2:1 unreachable this code is never reached")]
    [InlineData("while True:\n    pass\nreturn 1", "3:1 unreachable this code is never reached")]
    [InlineData("for x in []:\n    continue\n    x = 1\nreturn 1", "3:5 unreachable this code is never reached")]
    [InlineData("try:\n    return 1\nexcept:\n    return 2\nreturn 3", "5:1 unreachable this code is never reached")]
    [InlineData("x = 1", "1:1 missing-return the expression never returns a value: its result is always None")]
    [InlineData("request.user.name == 'x'", "1:1 missing-return the expression never returns a value: its result is always None")]
    [InlineData("if user:\n    return True", "1:1 missing-return not every path returns a value: at the end the result is None")]
    [InlineData("def f():\n    return 1\nf()", "3:1 missing-return the expression never returns a value: its result is always None")]
    [InlineData("return x y", "1:10 syntax invalid syntax")]
    public void Finds(string source, string expected)
    {
        var found = ScriptChecker.Check(source, Options).Select(d => $"{d.Line}:{d.Column} {d.Code} {d.Message}").ToList();
        found.ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("return user")]
    [InlineData("x = 1\nreturn x")]
    [InlineData("if user:\n    return True\nreturn False")]
    [InlineData("if user:\n    return 1\nelif context:\n    return 2\nelse:\n    raise ValueError")]
    [InlineData("for g in user.groups.all():\n    yield g.name")]
    [InlineData("while True:\n    if user:\n        break\nreturn 1")]
    [InlineData("def f():\n    global g\n    g = 1\nf()\nreturn g")]
    [InlineData("import urllib.parse\nfrom urllib import parse\nfrom urllib.parse import quote\nreturn parse, quote, urllib")]
    [InlineData("try:\n    return user.name\nexcept:\n    return ''")]
    [InlineData("match user:\n    case 1:\n        return 1\n    case _:\n        return 2")]
    [InlineData("return [x for x in range(3) if len([y for y in [x]])], (lambda a: a)(1), (z := 1)")]
    [InlineData("from authentik.core.models import User\nreturn User")]
    public void Is_silent_about(string source) => ScriptChecker.Check(source, Options).ShouldBeEmpty();

    [Fact]
    public void Scripts_run_for_their_effect_need_no_return() =>
        ScriptChecker.Check("ak_message('x')", Options with { ExpectsValue = false }).ShouldBeEmpty();
}
