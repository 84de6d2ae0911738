using System.Net;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Stages.Prompt;

public sealed class PreviewTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    const string Path = "stages/prompt/prompts/preview/";
    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task A_prompt_is_shown_as_the_caller_would_be_asked_it_and_not_stored()
    {
        using var admin = await server.SuperuserAsync();
        var shown = await admin.PostApiAsync(Path, """{"name":"greeting","field_key":"hello","label":"Hello","type":"text","initial_value":"return user.username[:5]","initial_value_expression":true,"sub_text":"below"}""");
        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Text);
        shown.Member("component").ShouldBe("\"ak-stage-prompt\"");
        shown.Member("fields").ShouldBe("""[{"field_key":"hello","label":"Hello","type":"text","required":true,"placeholder":"","initial_value":"root-","order":0,"sub_text":"below","choices":null}]""");
        (await admin.GetApiAsync("stages/prompt/prompts/?field_key=hello")).Each("name").ShouldBeEmpty();
        var choices = await admin.PostApiAsync(Path, """{"name":"colours","field_key":"colour","label":"Colour","type":"dropdown","placeholder":"return ['red', 'blue']","placeholder_expression":true}""");
        choices.Json["fields"]![0]!["choices"]!.ToJsonString().ShouldBe("""[{"value":"red","label":"red"},{"value":"blue","label":"blue"}]""");
    }

    [Fact]
    public async Task A_name_that_is_taken_may_be_previewed_and_bad_fields_may_not()
    {
        using var admin = await server.SuperuserAsync();
        var known = (await admin.GetApiAsync("stages/prompt/prompts/?page_size=1")).Json["results"]![0]!["name"]!.GetValue<string>();
        (await admin.PostApiAsync(Path, $$"""{"name":"{{known}}","field_key":"a","label":"A","type":"text"}""")).Status.ShouldBe(HttpStatusCode.OK);
        (await admin.PostApiAsync(Path, """{"name":"x","field_key":"a","label":"A","type":"bogus"}""")).ToString().ShouldBe("""400 {"type":["\"bogus\" is not a valid choice."]}""");
    }

    [Fact]
    public async Task A_trial_runs_code_so_it_needs_the_right_to_add_prompts()
    {
        using var viewer = await server.WithRightsAsync("authentik_stages_prompt.view_prompt");
        (await viewer.PostApiAsync(Path, """{"name":"x","field_key":"a","label":"A","type":"text"}""")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using var anonymous = server.Program();
        (await anonymous.PostApiAsync(Path, "{}")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }
}
