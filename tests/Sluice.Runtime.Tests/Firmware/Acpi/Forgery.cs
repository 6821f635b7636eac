namespace Sluice.Runtime.Tests.Firmware;

/// <summary>A table that was changed by hand, made to look whole.</summary>
internal static class Forgery
{
    /// <summary>Makes the sum of all bytes zero again.</summary>
    public static void Seal(byte[] table)
    {
        byte sum = 0;
        foreach (byte value in table)
        {
            sum += value;
        }

        table[9] -= sum;
    }
}
