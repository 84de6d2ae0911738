using System.Text.Json.Nodes;
using Postern.Events.Recording;

namespace Postern.Tests.Unit.Events;

public sealed class CleanseTests
{
    static string Cleansed(string json) => Cleanse.Of(JsonNode.Parse(json)!.AsObject()).ToJsonString();

    [Theory]
    [InlineData("password")]
    [InlineData("Api_Thing")]
    [InlineData("client_secret")]
    [InlineData("keyfile")]
    [InlineData("x_authorization")]
    [InlineData("Token")]
    [InlineData("signature_of")]
    [InlineData("HTTP_COOKIE")]
    [InlineData("passphrase")]
    public void Hides_texts_and_numbers_under_secret_keys(string key)
    {
        Cleansed($$"""{"{{key}}":"hunter2"}""").ShouldBe($$"""{"{{key}}":"********************"}""");
        Cleansed($$"""{"{{key}}":42}""").ShouldBe($$"""{"{{key}}":"********************"}""");
    }

    [Theory]
    [InlineData("""{"passing":true}""")]
    [InlineData("""{"password_change_date":"2026-01-01"}""")]
    [InlineData("""{"auth_method":"password"}""")]
    [InlineData("""{"auth_method_args":{"mfa_devices":[]}}""")]
    [InlineData("""{"token":{"pk":"a","name":"b"}}""")]
    public void Leaves_what_reveals_nothing(string json) => Cleansed(json).ShouldBe(json);

    [Fact]
    public void Hides_at_any_depth_and_in_lists() =>
        Cleansed("""{"a":[{"tokens":["x","y"],"n":null}]}""").ShouldBe("""{"a":[{"tokens":["********************","********************"],"n":null}]}""");

    [Fact]
    public void Removes_nul_which_the_database_refuses() => Cleansed("""{"a\u0000":"b\u0000c"}""").ShouldBe("""{"a":"bc"}""");
}
