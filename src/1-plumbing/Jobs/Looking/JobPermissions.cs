using Postern.Kernel.Access;

namespace Postern.Jobs.Looking;

/// <summary>Rights on the queue, under the names clients know.</summary>
public static class JobPermissions
{
    public static readonly Permission View = new("authentik_tasks", "view_task");

    public static readonly Permission Retry = new("authentik_tasks", "retry_task");
}
