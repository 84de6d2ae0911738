using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;

namespace Postern.Api.Kinds;

/// <summary>The kinds of a family, for pickers: <c>GET .../types/</c>.</summary>
static class FamilyTypes
{
    public const string Shape = "[TypeCreate{name description component model_name icon_url? requires_enterprise:bool? deprecated:bool?}]";

    public static WireJson Of(ModelKind family, ILicenseRules licenses) => new(writer =>
    {
        writer.WriteStartArray();
        foreach (var kind in family.Family.Where(k => k.Path is not null))
        {
            writer.WriteStartObject();
            writer.WriteString("name", kind.Label);
            writer.WriteString("description", kind.Description);
            writer.WriteString("component", kind.Component);
            writer.WriteString("model_name", kind.Model);
            writer.WriteBoolean("requires_enterprise", kind.RequiredLicence is { } feature && licenses.IsGated(feature));
            writer.WriteBoolean("deprecated", false);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });
}
