using Postern.Kernel.Access;

namespace Postern.Jobs.Looking;

/// <summary>Rights on the queue and its schedules, under the names clients know.</summary>
public static class JobPermissions
{
    public static readonly Permission View = new("authentik_tasks", "view_task");

    public static readonly Permission Retry = new("authentik_tasks", "retry_task");

    public static readonly Permission ViewSchedule = new("authentik_tasks_schedules", "view_schedule");

    public static readonly Permission ChangeSchedule = new("authentik_tasks_schedules", "change_schedule");

    public static readonly Permission SendSchedule = new("authentik_tasks_schedules", "send_schedule");

    /// <summary>All of them with what they are about and how people read them.</summary>
    public static readonly IReadOnlyList<(Permission Permission, string Model, string ModelLabel, string Label)> All =
    [
        (View, "task", "Task", "Can view Task"),
        (Retry, "task", "Task", "Retry failed task"),
        (ViewSchedule, "schedule", "Schedule", "Can view Schedule"),
        (ChangeSchedule, "schedule", "Schedule", "Can change Schedule"),
        (SendSchedule, "schedule", "Schedule", "Manually trigger a schedule"),
    ];
}
