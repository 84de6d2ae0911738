using System.Globalization;
using Postern.Api.Http;
using Postern.Authenticators.Devices;
using Postern.Directory.Users;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;
using Postern.Web.User.Settings;

namespace Postern.Web.Admin.Users;

/// <summary>The second factors of a user, of all kinds.</summary>
sealed class UserDevicesTab(FindDevices devices, KindRegistry kinds, Sections sections) : IObjectTab
{
    static readonly string[] columns = ["Name", "Type", "Detail", "Last used"];

    public ModelKind Kind => UserKind.Kind;

    public string Name => "MFA authenticators";

    public int Order => 80;

    public async Task<TabContent> ShowAsync(TabRequest request)
    {
        var found = await devices.ExecuteAsync(request.Http.Caller(), ((Directory.Users.User)request.Entity).Pk, request.Http.RequestAborted);
        var back = Uri.EscapeDataString($"{request.Url}?tab={ObjectTabs.Slug(this)}");
        return TabContent.Of<RelatedList>(new
        {
            Title = Name,
            Description = "What this user proves a sign-in with. Deleting one lets somebody who lost it set up another.",
            Columns = columns,
            Rows = (IReadOnlyList<RelatedRow>)(found.Fault is null ? [.. found.Value.Select(d => Row(d, back))] : []),
            Empty = found.Fault is null ? "No second factor" : "You may not see authenticators",
            Icon = "shield-lock",
            RemoveText = "Delete",
        });
    }

    RelatedRow Row(Device device, string back)
    {
        var shown = DeviceRow.Of(device, kinds);
        return new(shown.Pk.ToString(CultureInfo.InvariantCulture), Url: null, shown.Name, shown.Type, shown.Detail ?? "—", shown.LastUsed?.UtcDateTime.ToString(ListRow.TimeFormat, CultureInfo.InvariantCulture) ?? "Never")
        {
            RemoveUrl = $"{sections.For(kinds.Of(device.GetType())!)!.UrlOf(device)}delete/?back={back}",
            Mark = device.Confirmed ? null : "Not confirmed",
        };
    }
}
