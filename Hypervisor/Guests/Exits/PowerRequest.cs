namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>What a guest's PSCI call asks of the machine, when it asks for more than an answer.</summary>
internal enum PowerRequest
{
    None,
    Off,
    Reset,
}
