using Postern.Policies.Engine;

namespace Postern.Flows;

/// <summary>A way through stages that people are led: sign-in, enrolment, recovery, ...</summary>
public sealed class Flow
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    public string Slug { get; set; } = "";

    /// <summary>Heading of its pages; may hold <c>%(app)s</c> and <c>%(user)s</c>.</summary>
    public string Title { get; set; } = "";

    public FlowDesignation Designation { get; set; }

    public FlowAuthentication Authentication { get; set; } = FlowAuthentication.None;

    public FlowLayout Layout { get; set; } = FlowLayout.Stacked;

    public DeniedAction DeniedAction { get; set; } = DeniedAction.MessageContinue;

    public string Background { get; set; } = "";

    public bool CompatibilityMode { get; set; }

    public PolicyEngineMode PolicyEngineMode { get; set; } = PolicyEngineMode.Any;
}

/// <summary>What a flow is for.</summary>
public enum FlowDesignation
{
    Authentication,
    Authorization,
    Invalidation,
    Enrollment,
    Unenrollment,
    Recovery,
    StageConfiguration,
}

/// <summary>Who may start a flow.</summary>
public enum FlowAuthentication
{
    None,
    RequireAuthenticated,
    RequireUnauthenticated,
    RequireSuperuser,
    RequireRedirect,
    RequireOutpost,
    RequireToken,
}

/// <summary>What someone sees to whom a flow does not apply.</summary>
public enum DeniedAction
{
    MessageContinue,
    Message,
    Continue,
}

/// <summary>Where the card of a flow's pages stands.</summary>
public enum FlowLayout
{
    Stacked,
    ContentLeft,
    ContentRight,
    SidebarLeft,
    SidebarRight,
    SidebarLeftFrameBackground,
    SidebarRightFrameBackground,
}
