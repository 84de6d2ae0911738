using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Flows.Plans;
using Postern.Flows.Running;
using Postern.Policies.Engine;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Stages.Prompts;

/// <summary>Shows a prompt as it would be asked of the caller, before it is saved: <c>POST stages/prompt/prompts/preview/</c>.</summary>
static class PreviewApi
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v3/stages/prompt/prompts/preview/", PreviewAsync)
            .Note("Shows a prompt as the caller would be asked it, before it is saved.", answer: "PromptChallenge{component fields:[json]}", body: "PromptRequest");

    static async Task<IResult> PreviewAsync(HttpContext http, SaveObject save, ResolvePrompt resolve, PosternDb db, TimeProvider clock)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!(await save.DraftAsync(PromptKind.Kind, http.Caller(), body, http.RequestAborted)).Succeeded(out var draft, out var fault))
            return FaultResult.Of(fault);
        var run = new StageRun
        {
            Http = http,
            Facts = HttpFacts.Of(http, http.Caller().ClientIp),
            Query = PageQuery.Parse(""),
            Flow = new Flow(),
            Plan = new Plan { FlowPk = Guid.Empty, StartedAt = clock.GetUtcNow() },
            SignedIn = await db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == http.Caller().UserPk, http.RequestAborted),
        };
        var resolved = await resolve.ExecuteAsync((Prompt)draft, run, http.RequestAborted);
        var challenge = new JsonObject { ["component"] = RunPrompt.Component, ["fields"] = new JsonArray(RunPrompt.Show(resolved)) };
        return new WireJson(writer => challenge.WriteTo(writer));
    }
}
