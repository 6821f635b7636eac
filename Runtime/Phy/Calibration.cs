using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.Phy;

/// <summary>
/// The calibration of production silicon: termination of both drivers, bias and receiver are measured eleven times, with a lane led to a controller and away again for each, and the codes that came most often are
/// forced from then on. No lane is in use.
/// </summary>
/// <typeparam name="TBus">A bus on which what is not kept stops everything.</typeparam>
/// <typeparam name="TClock">What bounds the waits: 1 ms for each measurement.</typeparam>
/// <remarks>Source: psu_init of the ZCU102 (serdes_fixcal_code), Xilinx/embeddedsw.</remarks>
internal readonly struct Calibration<TBus, TClock>(PsGtr.Registers<TBus> serdes, TClock clock)
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    /// <summary>How often it is measured.</summary>
    public const int Measurements = 11;

    private const uint FirstTermination = 0x26;
    private const uint FirstBias = 0x0C;
    private const uint FirstReceiver = 0x06;
    private const int Terminations = 0x3C - 0x26 + 1;
    private const int Few = 7;

    private readonly PsGtr.Registers<TBus> _serdes = serdes;
    private readonly TClock _clock = clock;

    /// <summary>Measures and forces.</summary>
    /// <param name="failure">The measurement that did not end.</param>
    /// <returns>Whether all ended. If not, nothing is forced and no lane is led anywhere.</returns>
    public bool TryRun(out SequenceFailure failure)
    {
        CalibrationCodes positive = new(FirstTermination, stackalloc byte[Terminations]);
        CalibrationCodes negative = new(FirstTermination, stackalloc byte[Terminations]);
        CalibrationCodes bias = new(FirstBias, stackalloc byte[Few]);
        CalibrationCodes receiver = new(FirstReceiver, stackalloc byte[Few]);
        failure = default;
        for (int measurement = 0; measurement < Measurements; measurement++)
        {
            // Any change of the matrix begins all stages anew.
            Disconnect();
            _serdes.IcmCfg0.Write(default(PsGtr.IcmCfg0) with { L0IcmCfg = PsGtr.IcmCfg0L0IcmCfg.Pcie });
            bool isDone = PsGtr.TryCalibrated(_serdes, _clock, out failure);
            positive.Add(_serdes.L3CalibPipePswCodeStatus.Read().PipePswCalibCodeStatus);
            negative.Add(_serdes.L3CalibPipeNswCodeStatus.Read().PipeNswCalibCodeStatus);
            bias.Add(_serdes.L3CalibIcalCodeStatus.Read().ICalibCodeStatus);
            receiver.Add(_serdes.L3CalibRxCodeStatus.Read().ICalibCodeStatus);
            if (!isDone)
            {
                Disconnect();
                return false;
            }
        }

        Disconnect();
        Force(positive.Most, negative.Most, bias.Most, receiver.Most);
        return true;
    }

    private static bool Has(uint code, int bit) => (code & (1u << bit)) != 0;

    private void Disconnect()
    {
        _serdes.IcmCfg0.Write(default);
        _serdes.IcmCfg1.Write(default);
    }

    // The highest bit of three of the codes is set whatever was measured.
    private void Force(uint positive, uint negative, uint bias, uint receiver)
    {
        _serdes.L3TmCalibDig20.Modify(_serdes.L3TmCalibDig20.Read() with
        {
            PipePswCodeOr5 = true,
            PipePswCodeOr4 = Has(positive, 4),
            PipePswCodeOr3 = Has(positive, 3),
            PipePswCodeOr2 = Has(positive, 2),
        });
        _serdes.L3TmCalibDig19.Modify(_serdes.L3TmCalibDig19.Read() with
        {
            PipePswCodeOr1 = Has(positive, 1),
            PipePswCodeOr0 = Has(positive, 0),
            TmOrPipePswCode = true,
            PipeNswCodeOr5 = true,
            PipeNswCodeOr4 = Has(negative, 4),
            PipeNswCodeOr3 = Has(negative, 3),
        });
        _serdes.L3TmCalibDig18.Modify(_serdes.L3TmCalibDig18.Read() with
        {
            PipeNswCodeOr2 = Has(negative, 2),
            PipeNswCodeOr1 = Has(negative, 1),
            PipeNswCodeOr0 = Has(negative, 0),
            TmOrPipeNswCode = true,
        });
        _serdes.L3TmCalibDig16.Modify(_serdes.L3TmCalibDig16.Read() with
        {
            RxCodeOr3 = Has(receiver, 3),
            RxCodeOr2 = Has(receiver, 2),
            RxCodeOr1 = Has(receiver, 1),
        });
        _serdes.L3TmCalibDig15.Modify(_serdes.L3TmCalibDig15.Read() with
        {
            RxCodeOr0 = Has(receiver, 0),
            TmOrRxCode = true,
            IcalCodeOr4 = true,
            IcalCodeOr3 = Has(bias, 3),
            IcalCodeOr2 = Has(bias, 2),
            IcalCodeOr1 = Has(bias, 1),
        });
        _serdes.L3TmCalibDig14.Modify(_serdes.L3TmCalibDig14.Read() with
        {
            IcalCodeOr0 = Has(bias, 0),
            TmOrIcalCode = true,
        });
    }
}
