using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Imports;
using Postern.Policies.Expressions.Objects;

namespace Postern.Tests.Unit.Policies.Expressions;

public sealed class CheckExpressionTests
{
    static readonly CheckExpression Check = new(new ExpressionCatalog(
        [UserModel.Model, GroupModel.Model], [], [new AddMessage(), new FindUser()], [new ExpressionImport("django.utils.timezone", "now", _ => null)], [], []));

    [Theory]
    [InlineData("ak_message('x')\nreturn request.user == ak_user_by(pk=1) and context['a']")]
    [InlineData("from authentik.core.models import User\nreturn User.objects.count() > 0")]
    [InlineData("from django.utils.timezone import now\nreturn now()")]
    public void Known_names_are_fine(string source) => Check.Of(source, ExpressionUse.Policy).ShouldBeEmpty();

    [Theory]
    [InlineData("return ak_mesage('x')", 1, "ak_message")]
    [InlineData("x = 1\nreturn contxt", 2, "context")]
    [InlineData("from authentik.core.models import Usr\nreturn Usr", 1, "Usr")]
    [InlineData("x = 1", 1, "return")]
    public void Mistakes_are_found_where_they_are(string source, int line, string mentions) =>
        Check.Of(source, ExpressionUse.Policy).ShouldContain(f => f.Line == line && f.Message.Contains(mentions, StringComparison.Ordinal));

    [Fact]
    public void Helpers_of_policies_are_unknown_elsewhere() => Check.Of("return ak_message('x')", ExpressionUse.Mapping).ShouldNotBeEmpty();

    [Theory]
    [InlineData("return 1", null)]
    [InlineData("return 1 +", "Expression Syntax Error: ")]
    [InlineData("class A: pass", "Expression Syntax Error: ")]
    public void Only_syntax_refuses(string source, string? start)
    {
        var refusal = CheckExpression.Refusal(source);
        (refusal is null).ShouldBe(start is null);
        if (start is not null)
            refusal!.ShouldStartWith(start);
    }
}
