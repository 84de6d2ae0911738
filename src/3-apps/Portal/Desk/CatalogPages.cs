using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Billing.Amounts;
using Postern.Billing.Plans;
using Postern.Billing.Taxes;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Portal.Access;
using Postern.Portal.Hosting;
using Postern.Portal.Looks;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Portal.Desk;

/// <summary>What the vendor sells, and at which taxes: lists and forms that follow from the declarations of the kinds.</summary>
static class CatalogPages
{
    const string Root = "/admin/catalog";
    const int MostShown = 500;

    /// <summary>What follows from deleting something.</summary>
    static readonly string[] Deleted = ["It no longer holds for new orders. What was bought before keeps its terms."];

    /// <summary>What can be edited, by its name in addresses, with the columns of its list; the first leads to the form.</summary>
    static readonly Dictionary<string, (ModelKind Kind, (string Field, string Title)[] Columns)> Kinds = new(StringComparer.Ordinal)
    {
        ["plans"] = (PlanKind.Kind, [("name", "Name"), ("code", "Code"), ("term_months", "Months"), ("self_serve", "Self-service"), ("archived", "Archived")]),
        ["prices"] = (PriceKind.Kind, [("plan", "Plan"), ("seat", "User"), ("currency", "Currency"), ("unit_minor", "Price"), ("stripe_price", "At Stripe")]),
        ["tax-rates"] = (TaxRateKind.Kind, [("country", "Country"), ("name", "Name"), ("basis_points", "Rate"), ("in_union", "VAT area")]),
        ["tax-id-formats"] = (TaxIdFormatKind.Kind, [("country", "Country"), ("label", "Name"), ("type", "Type"), ("example", "Example")]),
        ["seller"] = (SellerKind.Kind, [("name", "Name"), ("country", "Country"), ("tax_id", "Tax ID"), ("invoice_prefix", "Invoice prefix")]),
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root, () => new SeeOther($"{Root}/plans")).Needs(Right.Support);
        routes.MapGet(Root + "/{kind}", ListAsync).Needs(Right.Support);
        routes.MapGet(Root + "/{kind}/new", (string kind, HttpContext http, ObjectQuery objects, Shells shells) => FormAsync(http, kind, key: null, entity: null, objects, shells, errors: null)).Needs(Right.Support);
        routes.MapPost(Root + "/{kind}/new", CreateAsync).Needs(Right.Support);
        routes.MapGet(Root + "/{kind}/{key:guid}", EditAsync).Needs(Right.Support);
        routes.MapPost(Root + "/{kind}/{key:guid}", SaveAsync).Needs(Right.Support);
        routes.MapGet(Root + "/{kind}/{key:guid}/delete", AskDeleteAsync).Needs(Right.Support);
        routes.MapPost(Root + "/{kind}/{key:guid}/delete", DeleteAsync).Needs(Right.Support);
    }

    static async Task<IResult> ListAsync(string kind, HttpContext http, ObjectQuery objects, PortalSettings settings, Shells shells)
    {
        if (!Kinds.TryGetValue(kind, out var listed))
            return Problem.Of(http, new Fault.NotFound("page"));
        var (declared, columns) = listed;
        if (!(await objects.ListAsync(declared, Staff(http), new ListRequest { PageSize = MostShown }, http.RequestAborted)).Succeeded(out var page, out var fault))
            return Problem.Of(http, fault);
        var plans = await PlanNamesAsync(http, objects);
        string CellOf(string name, object entity)
        {
            var field = declared.Fields.First(f => f.Name == name);
            return field.Target is null ? Cell(field, entity) : plans.GetValueOrDefault(Text(field, entity), "");
        }
        return PortalPage.Of<CatalogPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Tabs = Kinds.Select(k => (k.Key, k.Value.Kind.LabelPlural)).ToList(),
            Current = kind,
            Columns = columns.Select(c => c.Title).ToList(),
            Rows = page.Items.Select(e => (declared.KeyOf(e), columns.Select(c => CellOf(c.Field, e)).ToList())).ToList(),
            MayAdd = kind is not "seller",
            Notice = settings.Stripe is not null && page.Items.Any(e => e is Price { StripePrice: "" }) ? "Prices without an ID at Stripe are not sold by card." : null,
        });
    }

    static async Task<IResult> EditAsync(string kind, Guid key, HttpContext http, ObjectQuery objects, Shells shells)
    {
        if (DeclaredAs(kind) is not { } declared)
            return Problem.Of(http, new Fault.NotFound("page"));
        return (await objects.FindAsync(declared, Staff(http), key.ToString(), tracked: false, http.RequestAborted)).Succeeded(out var entity, out var fault)
            ? await FormAsync(http, kind, key, entity, objects, shells, errors: null)
            : Problem.Of(http, fault);
    }

    static async Task<IResult> CreateAsync(string kind, HttpContext http, SaveObject save, ObjectQuery objects, Shells shells)
    {
        if (DeclaredAs(kind) is not { } declared)
            return Problem.Of(http, new Fault.NotFound("page"));
        var saved = await save.CreateAsync(declared, Staff(http), Body(declared, http.Request.Form), SaveOptions.Full, http.RequestAborted);
        return await AnswerAsync(http, kind, key: null, saved, objects, shells);
    }

    static async Task<IResult> SaveAsync(string kind, Guid key, HttpContext http, SaveObject save, ObjectQuery objects, Shells shells)
    {
        if (DeclaredAs(kind) is not { } declared)
            return Problem.Of(http, new Fault.NotFound("page"));
        if (!(await objects.FindAsync(declared, Staff(http), key.ToString(), tracked: true, http.RequestAborted)).Succeeded(out var entity, out var fault))
            return Problem.Of(http, fault);
        return await AnswerAsync(http, kind, key, await save.UpdateAsync(declared, Staff(http), entity, Body(declared, http.Request.Form), SaveOptions.Patch, http.RequestAborted), objects, shells);
    }

    static async Task<IResult> AskDeleteAsync(string kind, Guid key, HttpContext http, ObjectQuery objects, Shells shells)
    {
        if (!(await FindAsync(kind, key, http, objects)).Succeeded(out var found, out var fault))
            return Problem.Of(http, fault);
        return PortalPage.Of<ConfirmPage>(http, new
        {
            Shell = await shells.ForAsync(http),
            Title = $"Delete this {Lower(found.Kind.Label)}?",
            Verb = "Delete",
            Back = $"{Root}/{kind}/{key}",
            Consequences = Deleted,
        });
    }

    static async Task<IResult> DeleteAsync(string kind, Guid key, HttpContext http, ObjectQuery objects, DeleteObject delete, Shells shells)
    {
        if (!(await FindAsync(kind, key, http, objects)).Succeeded(out var found, out var fault))
            return Problem.Of(http, fault);
        var deleted = await delete.ExecuteAsync(found.Kind, Staff(http), found.Entity, http.RequestAborted);
        return await DeskPages.DoneAsync(http, shells, Task.FromResult(deleted), $"The {Lower(found.Kind.Label)} was deleted.", $"{Root}/{kind}");
    }

    /// <summary>Something that may be deleted: plans are archived, as licenses name them, and there is one seller always.</summary>
    static async Task<Result<(ModelKind Kind, object Entity)>> FindAsync(string kind, Guid key, HttpContext http, ObjectQuery objects)
    {
        if (!MayDelete(kind) || DeclaredAs(kind) is not { } declared)
            return new Fault.NotFound("page");
        return (await objects.FindAsync(declared, Staff(http), key.ToString(), tracked: true, http.RequestAborted)).Then(entity => (declared, entity));
    }

    static bool MayDelete(string kind) => kind is not ("plans" or "seller");

    static async Task<IResult> AnswerAsync(HttpContext http, string kind, Guid? key, Result<object> saved, ObjectQuery objects, Shells shells)
    {
        if (saved.Fault is Fault.Invalid invalid)
            return await FormAsync(http, kind, key, entity: null, objects, shells, invalid.Errors);
        if (saved.Fault is { } fault)
            return Problem.Of(http, fault);
        await shells.TellAsync(http, "It was saved. What was bought before keeps its terms.");
        return new SeeOther($"{Root}/{kind}");
    }

    static async Task<IResult> FormAsync(HttpContext http, string kind, Guid? key, object? entity, ObjectQuery objects, Shells shells, FieldErrors? errors)
    {
        if (DeclaredAs(kind) is not { } declared)
            return Problem.Of(http, new Fault.NotFound("page"));
        var plans = await PlanNamesAsync(http, objects);
        var source = entity ?? declared.New();
        string Value(Field field) => errors is null ? Text(field, source) : field.Type is FieldType.Boolean ? (http.Request.Form[field.Name].Count > 0 ? "true" : "false") : http.Request.Form[field.Name].ToString();
        return PortalPage.Of<CatalogFormPage>(
            http,
            new
            {
                Shell = await shells.ForAsync(http),
                Title = $"{(key is null ? "New" : "Edit")} {Lower(declared.Label)}",
                DeleteHref = key is not null && MayDelete(kind) ? $"{Root}/{kind}/{key}/delete" : null,
                List = $"{Root}/{kind}",
                ListName = declared.LabelPlural,
                Fields = Editable(declared).Select(f => new CatalogField(f.Name, LabelOf(f), f.Type, Value(f), f.Required, f.Help, f.Target is null ? [.. f.Choices.Select(c => (c, Capital(c)))] : [.. plans.Select(p => (p.Key, p.Value))])).ToList(),
                Errors = errors,
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Prices refer to plans; nothing else refers to anything.</summary>
    static async Task<IReadOnlyDictionary<string, string>> PlanNamesAsync(HttpContext http, ObjectQuery objects)
    {
        var plans = await objects.ListAsync(PlanKind.Kind, Staff(http), new ListRequest { PageSize = MostShown }, http.RequestAborted);
        return plans.Fault is null ? plans.Value.Items.ToDictionary(PlanKind.Kind.KeyOf, p => ((Plan)p).Name, StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);
    }

    static JsonElement Body(ModelKind kind, IFormCollection form)
    {
        var body = new JsonObject();
        foreach (var field in Editable(kind))
        {
            var text = form[field.Name].ToString().ReplaceLineEndings("\n");
            body[field.Name] = field.Type switch
            {
                FieldType.Boolean => form[field.Name].Count > 0,
                FieldType.TextList => new JsonArray([.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(v => (JsonNode)v)]),
                FieldType.Integer when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
                _ => text,
            };
        }
        return JsonSerializer.SerializeToElement(body);
    }

    static IEnumerable<Field> Editable(ModelKind kind) => kind.Fields.Where(f => !f.ReadOnly && f.Type is not FieldType.Computed && f != kind.Key);

    static ModelKind? DeclaredAs(string name) => Kinds.TryGetValue(name, out var found) ? found.Kind : null;

    static string LabelOf(Field field) => Capital(field.Label.Length > 0 ? field.Label : field.Name.Replace('_', ' '));

    /// <summary>As people read it in a list; forms have what is stored.</summary>
    static string Cell(Field field, object entity) => (field.Name, entity) switch
    {
        ("unit_minor", Price price) => new Money(price.UnitMinor, price.Currency).ToString(),
        ("basis_points", TaxRate rate) => string.Create(CultureInfo.InvariantCulture, $"{rate.BasisPoints / 100m:0.##} %"),
        _ => field.Get(entity) switch
        {
            bool yes => yes ? "Yes" : "No",
            SeatType seat => seat.ToString(),
            _ => Text(field, entity),
        },
    };

    static string Lower(string label) => char.ToLowerInvariant(label[0]) + label[1..];

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    static string Text(Field field, object entity) => field.Get(entity) switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        IEnumerable<string> lines => string.Join('\n', lines),
        SeatType seat => Kernel.Values.WireEnum<SeatType>.Name(seat),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>The gate has let staff in only; the name is for the log.</summary>
    static Caller Staff(HttpContext http) => Caller.System with { Username = http.Visitor().Person.Email };
}

/// <summary>One field of a catalogue form.</summary>
public sealed record CatalogField(string Name, string Label, FieldType Type, string Value, bool Required, string Help, IReadOnlyList<(string Value, string Text)> Choices);
