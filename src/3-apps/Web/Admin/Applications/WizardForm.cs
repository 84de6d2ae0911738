using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Applications.Providers;
using Postern.Applications.Transactions;
using Postern.Directory.Tokens;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin.Applications;

/// <summary>What the wizard asks, and how its answers become the request for an application with its provider. What it does not ask keeps its default.</summary>
static class WizardForm
{
    public const string ProviderPrefix = "provider.";
    public const string RedirectUris = "redirect_uris";

    const int MostSlug = 50;

    static readonly string[] ApplicationTexts = ["name", "slug", "group", "meta_launch_url", "meta_description"];
    static readonly string[] Asked = ["authorization_flow", "client_type", "property_mappings"];

    /// <summary>Fields of the provider that the wizard leaves to the provider's own page; redirect URIs have a control of their own.</summary>
    public static IEnumerable<string> HiddenOf(ModelKind kind) =>
        FormView.Editable(kind).Select(f => f.Name).Where(n => !Asked.Contains(n, StringComparer.Ordinal));

    public static TransactionRequest Read(IFormCollection form, ModelKind kind, Provider defaults)
    {
        var application = new JsonObject();
        foreach (var name in ApplicationTexts)
            application[name] = form[name].ToString();
        if (application["slug"]!.ToString().Trim().Length == 0)
            application["slug"] = SlugOf(form["name"].ToString());
        var (read, _) = FormReader.Read(FormView.Editable(kind).Where(f => Asked.Contains(f.Name, StringComparer.Ordinal)), form, isNew: true, ProviderPrefix);
        var provider = JsonObject.Create(read)!;
        provider["name"] = $"Provider for {form["name"].ToString().Trim()}";
        provider["invalidation_flow"] = defaults.InvalidationFlow;
        if (kind.Find(RedirectUris) is not null)
            provider[RedirectUris] = Redirects(form[ProviderPrefix + RedirectUris].ToString());
        var bindings = form["groups"].OfType<string>().Where(g => g.Length > 0).Select((g, order) => new JsonObject { ["group"] = g, ["order"] = order });
        return new TransactionRequest(application, kind, provider, [.. bindings]);
    }

    /// <summary>Errors of all parts under the names of the wizard's controls.</summary>
    public static FieldErrors Merged(IReadOnlyDictionary<string, FieldErrors> errors)
    {
        var all = new FieldErrors();
        foreach (var (part, wrong) in errors)
        {
            foreach (var (field, text) in wrong.Fields.SelectMany(f => wrong[f].Select(t => (f, t))))
                all.Add(part is "provider" && field is not ("name" or FieldErrors.NonField) ? ProviderPrefix + field : field, text);
        }
        return all;
    }

    static string SlugOf(string name) => Slug.Of(name) is { Length: > MostSlug } slug ? slug[..MostSlug].Trim('-') : Slug.Of(name);

    static JsonArray Redirects(string lines) => new(
    [
        .. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(url => (JsonNode)new JsonObject { ["matching_mode"] = "strict", ["url"] = url }),
    ]);
}
