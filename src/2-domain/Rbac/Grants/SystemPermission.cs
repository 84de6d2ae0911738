namespace Postern.Rbac.Grants;

/// <summary>Rights on the installation as a whole, which belong to no object: <c>authentik_rbac.systempermission</c>.</summary>
static class SystemPermission
{
    public const string App = "authentik_rbac";
    public const string Model = "systempermission";

    public static readonly IReadOnlyList<(string Codename, string Label)> All =
    [
        ("view_system_info", "Can view system info"),
        ("access_admin_interface", "Can access admin interface"),
        ("view_system_settings", "Can view system settings"),
        ("edit_system_settings", "Can edit system settings"),
        ("view_media_files", "Can view media files"),
        ("manage_media_files", "Can manage media files"),
    ];
}
