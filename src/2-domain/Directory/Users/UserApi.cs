using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Api.Kinds;
using Postern.Directory.Sessions;
using Postern.Kernel;
using Postern.Storage.Objects;

namespace Postern.Directory.Users;

/// <summary>Doors of users beyond CRUD.</summary>
static class UserApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/v3/core/users/");
        users.MapGet("me/", MeAsync)
            .Note("Answers who is asking.", answer: "SessionUser{user:UserSelf{pk:int username name is_active:bool is_superuser:bool groups:[json] roles:[json] email avatar uid settings:json type system_permissions:[text]} users:[UserSelf] original:UserSelf?}");
        users.MapGet("paths/", PathsAsync)
            .Note("Answers the paths that users are filed under.", answer: "UserPath{paths:[text]}", query: "search?");
        users.MapPost("service_account/", ServiceAccountAsync)
            .Note("Creates a service account with its token, and a group where asked for.", answer: "UserServiceAccountResponse{username token user_uid user_pk:int group_pk?}", body: "UserServiceAccountRequest{name create_group:bool? expiring:bool? expires:time?}");
        users.MapPost("{lookup}/set_password/", (string lookup, HttpContext http, ResetPassword reset) =>
            PasswordAsync(http, password => reset.ExecuteAsync(http.Caller(), lookup, password, http.RequestAborted)))
            .Note("Sets the password of the user.", body: "UserPasswordSetRequest{password}");
        users.MapPost("{lookup}/set_password_hash/", (string lookup, HttpContext http, ResetPassword reset) =>
            PasswordAsync(http, encoded => reset.WithHashAsync(http.Caller(), lookup, encoded, http.RequestAborted)))
            .Note("Sets the password of the user by its hash.", body: "UserPasswordHashSetRequest{password}");
    }

    static async Task<IResult> MeAsync(HttpContext http, UserSelf self, BrowserSession browser)
    {
        var caller = http.Caller();
        if (!caller.IsAuthenticated || await self.OfAsync(caller, browser.Uuid is not null, http.RequestAborted) is not { } user)
            return FaultResult.Of(new Fault.Unauthenticated());
        var answer = new JsonObject { ["user"] = user, ["users"] = new JsonArray(user.DeepClone()) };
        if (caller.Impersonator is { } administrator)
            answer["original"] = await self.OfAsync(administrator with { Request = caller.Request }, isCurrent: false, http.RequestAborted);
        return Json(answer);
    }

    static async Task<IResult> PathsAsync(HttpContext http, ObjectQuery objects, FindFolders folders, IPageLimits limits)
    {
        if (!(await ListParameters.ReadAsync(http.Request.Query, limits, http.RequestAborted)).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (request.Filters.Count == 0 && string.IsNullOrEmpty(request.Search))
        {
            var all = await folders.PathsAsync(http.Caller(), http.RequestAborted);
            return all.Fault is { } unseen ? FaultResult.Of(unseen) : Paths(all.Value);
        }
        if (!(await objects.MatchingAsync(UserKind.Kind, http.Caller(), request, http.RequestAborted)).Succeeded(out var users, out var refusal))
            return FaultResult.Of(refusal);
        var paths = await users.Select(u => u.Path).Distinct().ToListAsync(http.RequestAborted);
        return Paths(paths);
    }

    static WireJson Paths(IEnumerable<string> paths) => Json(new JsonObject { ["paths"] = new JsonArray([.. paths.Order(StringComparer.Ordinal).Select(p => (JsonNode?)p)]) });

    static async Task<IResult> ServiceAccountAsync(HttpContext http, CreateServiceAccount create, InstallId install)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!ServiceAccountRequest.Read(body).Succeeded(out var request, out var malformed))
            return FaultResult.Of(malformed);
        if (!(await create.ExecuteAsync(http.Caller(), request, http.RequestAborted)).Succeeded(out var account, out var refusal))
            return FaultResult.Of(refusal);
        var answer = new JsonObject
        {
            ["username"] = account.User.Username,
            ["token"] = account.Token.Reveal,
            ["user_uid"] = await install.UidAsync(account.User.Pk, http.RequestAborted),
            ["user_pk"] = account.User.Pk,
        };
        if (account.Group is { } group)
            answer["group_pk"] = group.ToString("D", CultureInfo.InvariantCulture);
        return Json(answer);
    }

    static async Task<IResult> PasswordAsync(HttpContext http, Func<string, Task<Result<Unit>>> set)
    {
        var (body, unreadable) = await JsonBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
            return unreadable;
        if (!body.Text("password").Succeeded(out var password, out var malformed))
            return FaultResult.Of(malformed);
        var outcome = await set(password);
        return outcome.Fault is { } fault ? FaultResult.Of(fault) : TypedResults.NoContent();
    }

    static WireJson Json(JsonNode node) => new(writer => node.WriteTo(writer));
}
